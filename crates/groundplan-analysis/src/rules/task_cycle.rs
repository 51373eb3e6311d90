//! `task-cycle`: tasks that wait for one another.

use std::collections::HashMap;

use groundplan_model::Severity;
use groundplan_model::document::Text;

use super::{Check, FixKind, Rule};
use crate::task_links::{Dependent, dependents};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "task-cycle",
    group: "tasks",
    summary: "tasks depend on one another, so that none of them can be begun",
    page: include_str!("task_cycle.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let tasks = dependents(context.document);
    if tasks.is_empty() || context.is_template() {
        return;
    }
    let mut graph: HashMap<&str, Vec<&Text>> = HashMap::new();
    for task in &tasks {
        graph.entry(&task.id).or_default().extend(&task.needs);
    }
    let mut done: HashMap<&str, bool> = HashMap::new();
    for task in &tasks {
        if let Some(cycle) = cycle_from(task, &graph, &mut done) {
            report(&cycle, findings);
        }
    }
}

/// The links of a cycle that is reached from `task` for the first time. Walks without recursion: a
/// list may be long. `done` holds what was seen, and whether the walk is still in it.
fn cycle_from<'a>(
    task: &'a Dependent,
    graph: &HashMap<&'a str, Vec<&'a Text>>,
    done: &mut HashMap<&'a str, bool>,
) -> Option<Vec<&'a Text>> {
    if done.contains_key(task.id.as_str()) {
        return None;
    }
    let mut way: Vec<(&str, usize)> = vec![(&task.id, 0)];
    let mut links: Vec<&Text> = Vec::new();
    let mut found = None;
    done.insert(&task.id, true);
    while let Some((id, at)) = way.last_mut() {
        let Some(link) = graph.get(id).and_then(|links| links.get(*at)).copied() else {
            done.insert(*id, false);
            way.pop();
            links.pop();
            continue;
        };
        *at += 1;
        match done.get(link.text.as_str()) {
            Some(true) if found.is_none() => {
                let from = way.iter().position(|(id, _)| *id == link.text).unwrap_or(0);
                let inner = links.iter().skip(from).copied();
                found = Some(inner.chain([link]).collect());
            }
            Some(_) => {}
            None => {
                done.insert(&link.text, true);
                way.push((&link.text, 0));
                links.push(link);
            }
        }
    }
    found
}

fn report(cycle: &[&Text], findings: &mut Findings<'_>) {
    let Some((last, others)) = cycle.split_last() else { return };
    let message = match others.len() {
        0 => format!("{} depends on itself", last.text),
        _ => {
            let way: Vec<&str> = cycle.iter().map(|it| it.text.as_str()).collect();
            format!("{} wait for one another", way.join(", "))
        }
    };
    let mut finding = findings.report(last.span, message);
    for link in others {
        finding = finding.related(link.span, format!("waits for {}", link.text));
    }
    finding.help("take out the dependency that is not one");
}

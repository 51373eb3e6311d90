//! `task-depends-on-unknown`: a task that waits for one which the list does not have.

use std::collections::HashSet;

use groundplan_model::{Document, Severity};
use memchr::memmem;

use super::{Check, FixKind, Rule};
use crate::task_links::{dependents, ids};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "task-depends-on-unknown",
    group: "tasks",
    summary: "a task depends on one that the list does not have",
    page: include_str!("task_depends_on_unknown.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// Fewer tasks are no list that could have them all.
const ENOUGH: usize = 3;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let dependents = dependents(document);
    if dependents.is_empty() || context.is_template() {
        return;
    }
    let known: HashSet<&str> = ids(document).into_iter().collect();
    if known.len() < ENOUGH {
        return;
    }
    for task in &dependents {
        let missing = task.needs.iter().filter(|it| !known.contains(it.text.as_str()));
        for need in missing.filter(|it| !begins_a_line(document, &it.text)) {
            let id = &need.text;
            let message = format!("{} depends on {id}, and no task has that id", task.id);
            findings
                .report(need.span, message)
                .help("name the task that comes first, or add it to the list");
        }
    }
}

/// Whether a line begins with `id`, whatever the Markdown makes of it: a fence that nobody closed
/// swallows headings.
fn begins_a_line(document: &Document, id: &str) -> bool {
    let text = document.source.text();
    memmem::find_iter(text.as_bytes(), id).any(|at| {
        let line = text.get(..at).and_then(|before| before.rsplit('\n').next()).unwrap_or("");
        let after = text.get(at + id.len()..).and_then(|rest| rest.chars().next());
        let is_lead = line.chars().all(|c| " #*-+|[]x`✅".contains(c));
        is_lead && !after.is_some_and(char::is_alphanumeric)
    })
}

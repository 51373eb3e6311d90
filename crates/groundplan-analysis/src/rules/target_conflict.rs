//! `target-conflict`: one quantity with two targets.

use groundplan_model::document::{Quantity, Target, TargetRole};
use groundplan_model::{Document, Severity};

use super::{Check, FixKind, Rule};
use crate::targets::{goal_side, is_same_goal, with_numbers};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "target-conflict",
    group: "performance",
    summary: "two places promise different numbers for one metric",
    page: include_str!("target_conflict.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    if document.targets.is_empty() || context.is_template() {
        return;
    }
    let mut reported: Vec<&Target> = Vec::new();
    for (goal, bound) in with_numbers(&document.targets, TargetRole::Goal) {
        let Some((other, first, limit)) = earlier(context, goal, bound) else { continue };
        if differ(bound, limit) && !reported.iter().any(|it| is_same_goal(it, goal)) {
            reported.push(goal);
            let (here, there) = (&bound.raw.text, &limit.raw.text);
            let name = &goal.name.text;
            let message = format!("the target for {name} is `{here}` here and `{there}` elsewhere");
            let note = format!("{} is `{there}` here", first.name.text);
            findings
                .report(bound.raw.span, message)
                .related_in(other, limit.raw.span, note)
                .help("state one number, and refer to it from the other place");
        }
    }
}

/// The first goal for the same metric that stands before this one, in this document or in one of the
/// same feature.
fn earlier<'a>(
    context: &Context<'a>,
    goal: &Target,
    bound: &Quantity,
) -> Option<(&'a Document, &'a Target, &'a Quantity)> {
    let here = context.document.source.path();
    let own = (here, goal.statement.start);
    let others = context.index.goals_of_feature(here).filter(|it| it.source.path() != here);
    let near = std::iter::once(context.document).chain(others);
    let all = near.flat_map(|document| {
        let goals = with_numbers(&document.targets, TargetRole::Goal);
        goals.map(move |(target, quantity)| (document, target, quantity))
    });
    let same = all.filter(|(document, target, quantity)| {
        quantity.unit == bound.unit
            && is_same_goal(target, goal)
            && goal_side(target, quantity) == goal_side(goal, bound)
            && (document.source.path(), target.statement.start) < own
            && !(document.source.path() == here && are_tasks(document, [target, goal]))
    });
    same.min_by_key(|(document, target, _)| (document.source.path(), target.statement.start))
}

/// Whether both stand in items with a box: tasks quote what is promised elsewhere, and their words
/// before a colon name the work.
fn are_tasks(document: &Document, targets: [&Target; 2]) -> bool {
    targets.into_iter().all(|target| {
        let line = document.source.line_of(target.statement.end as usize);
        let holds = |at: u32| line.start <= at && at < line.end;
        document.checklist.iter().any(|item| holds(item.marker.start))
    })
}

fn differ(one: &Quantity, other: &Quantity) -> bool {
    (one.value - other.value).abs() > f64::EPSILON
}

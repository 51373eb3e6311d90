//! `target-conflict`: one quantity with two targets.

use groundplan_model::document::{Quantity, Target, TargetRole};
use groundplan_model::outline::OutlineTarget;
use groundplan_model::{Outline, Severity};

use super::{Check, FixKind, Rule};
use crate::targets::{goal_side, is_same_goal};
use crate::{Findings, LinkedContext};

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
    check: Check::Linked(check),
};

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    let outline = context.outline;
    if outline.targets.is_empty() || outline.is_template {
        return;
    }
    let mut reported: Vec<&Target> = Vec::new();
    for (own, bound) in goals(outline) {
        let goal = &own.target;
        let Some((path, first, limit)) = earlier(context, own, bound) else { continue };
        if differ(bound, limit) && !reported.iter().any(|it| is_same_goal(it, goal)) {
            reported.push(goal);
            let (here, there) = (&bound.raw.text, &limit.raw.text);
            let name = &goal.name.text;
            let message = format!("the target for {name} is `{here}` here and `{there}` elsewhere");
            let note = format!("{} is `{there}` here", first.name.text);
            findings
                .report(bound.raw.span, message)
                .related_in(path, limit.raw.span, note)
                .help("state one number, and refer to it from the other place");
        }
    }
}

/// The first goal for the same metric that stands before this one, in this document or in one of the
/// same feature.
fn earlier<'a>(
    context: &LinkedContext<'a>,
    own: &OutlineTarget,
    bound: &Quantity,
) -> Option<(&'a str, &'a Target, &'a Quantity)> {
    let (here, goal) = (context.outline.path.as_str(), &own.target);
    // Without a percentile no goal is the same as another.
    goal.percentile?;
    let place = (here, goal.statement.start);
    let others = context.index.goals_of_feature(here).filter(|it| it.path != here);
    let near = std::iter::once(context.outline).chain(others);
    let all = near.flat_map(|outline| {
        goals(outline).map(move |(it, quantity)| (outline.path.as_str(), it, quantity))
    });
    let is_before = |(path, it, quantity): &(&str, &OutlineTarget, &Quantity)| {
        let target = &it.target;
        quantity.unit == bound.unit
            && (*path, target.statement.start) < place
            && goal_side(target, quantity) == goal_side(goal, bound)
            // Tasks quote what is promised elsewhere, and their words before a colon name the work.
            && !(*path == here && it.is_task && own.is_task)
    };
    let mut before: Vec<_> = all.filter(is_before).collect();
    before.sort_by_key(|(path, it, _)| (*path, it.target.statement.start));
    // Words are compared last, and only up to the first that are the same.
    let mut same = before.into_iter().filter(|(_, it, _)| is_same_goal(&it.target, goal));
    same.next().map(|(path, it, quantity)| (path, &it.target, quantity))
}

/// Goals of a document that have a number.
fn goals(outline: &Outline) -> impl Iterator<Item = (&OutlineTarget, &Quantity)> {
    let goals = outline.targets.iter().filter(|it| it.target.role == TargetRole::Goal);
    goals.filter_map(|it| Some((it, it.target.quantity.as_ref()?)))
}

fn differ(one: &Quantity, other: &Quantity) -> bool {
    (one.value - other.value).abs() > f64::EPSILON
}

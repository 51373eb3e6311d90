//! `target-without-alert`: a promise that nobody watches.

use groundplan_model::Severity;
use groundplan_model::document::{Concept, Metric, Target, TargetRole};

use super::{Check, FixKind, Rule};
use crate::targets::{is_bound, with_numbers};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "target-without-alert",
    group: "observability",
    summary: "alerts are listed, and none watches a target",
    page: include_str!("target_without_alert.md"),
    severity: Severity::Warning,
    by_status: true,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let targets = &context.document.targets;
    let alerts = with_numbers(targets, TargetRole::Alert).filter(|it| is_bound(it.1));
    let alerts: Vec<&Target> = alerts.map(|it| it.0).collect();
    let [first, _, ..] = alerts.as_slice() else { return };
    let mut reported: Vec<&Metric> = Vec::new();
    for (goal, bound) in with_numbers(targets, TargetRole::Goal) {
        let is_watched = alerts.iter().any(|it| it.metric == goal.metric);
        let is_promise = context.document.is_under(goal.statement.start, Concept::Performance);
        if is_watched
            || !is_promise
            || !is_measured(&goal.metric)
            || reported.contains(&&goal.metric)
        {
            continue;
        }
        reported.push(&goal.metric);
        let message = format!("no alert watches {} (`{}`)", goal.name.text, bound.raw.text);
        findings
            .report(bound.raw.span, message)
            .related(first.statement, "alerts are listed here")
            .help("add an alert at the target, or say who looks at it");
    }
}

fn is_measured(metric: &Metric) -> bool {
    !matches!(metric, Metric::Other(_) | Metric::Availability)
}

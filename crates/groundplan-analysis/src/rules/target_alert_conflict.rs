//! `target-alert-conflict`: an alert that is silent while its target is missed.

use groundplan_model::Severity;
use groundplan_model::document::{Quantity, Target, TargetRole};

use super::{Check, FixKind, Rule};
use crate::targets::{Side, alert_side, goal_side, is_same_metric, with_numbers};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "target-alert-conflict",
    group: "performance",
    summary: "an alert fires only long after its target is missed, or never",
    page: include_str!("target_alert_conflict.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let targets = &context.document.targets;
    for (alert, threshold) in with_numbers(targets, TargetRole::Alert) {
        let goals = with_numbers(targets, TargetRole::Goal);
        let mut same = goals
            .filter(|(goal, bound)| bound.unit == threshold.unit && is_same_metric(goal, alert));
        if let Some((goal, bound)) = same.find(|(goal, bound)| is_late(goal, bound, threshold)) {
            report(goal, bound, alert, threshold, findings);
        }
    }
}

/// Whether the goal can be missed while the alert is silent.
pub(super) fn is_late(goal: &Target, bound: &Quantity, threshold: &Quantity) -> bool {
    let (Some(goal), Some(alert)) = (goal_side(goal, bound), alert_side(threshold)) else {
        return false;
    };
    match goal {
        Side::Upper => alert == Side::Upper && threshold.value > bound.value,
        Side::Lower => alert == Side::Lower && threshold.value < bound.value,
    }
}

fn report(
    goal: &Target,
    bound: &Quantity,
    alert: &Target,
    threshold: &Quantity,
    findings: &mut Findings<'_>,
) {
    let name = &goal.name.text;
    let (bound, threshold) = (&bound.raw, &threshold.raw);
    let message = format!(
        "the target for {name} is `{}`, but the alert waits for `{}`",
        bound.text, threshold.text
    );
    let name = &alert.name.text;
    findings
        .report(threshold.span, message)
        .related(bound.span, format!("the target that {name} has to watch"))
        .help("alert at the target, or say why it may be missed unseen");
}

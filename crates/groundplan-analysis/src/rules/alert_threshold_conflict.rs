//! `alert-threshold-conflict`: two places that give one alert different thresholds.

use groundplan_model::document::{Quantity, Target, TargetRole};
use groundplan_model::{Document, Severity};
use groundplan_syntax::Span;

use super::target_alert_conflict::is_late;
use super::{Check, FixKind, Rule};
use crate::targets::{alert_side, is_same_metric, with_numbers};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "alert-threshold-conflict",
    group: "performance",
    summary: "two sections give the alert on one metric different thresholds or units",
    page: include_str!("alert_threshold_conflict.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let alerts: Vec<_> = with_numbers(&document.targets, TargetRole::Alert).collect();
    for (at, (alert, threshold)) in alerts.iter().enumerate() {
        let mut earlier = alerts.get(..at).unwrap_or_default().iter();
        let other = earlier.find(|(other, limit)| {
            // Levels of one alert (warning, critical) stand in one section.
            section(document, other) != section(document, alert)
                && is_same_metric(other, alert)
                && alert_side(limit) == alert_side(threshold)
        });
        // A threshold beyond the target is wrong by itself: `target-alert-conflict` says so.
        let is_beyond = |threshold| is_beyond_target(document, alert, threshold);
        if let Some((other, limit)) = other.filter(|(_, limit)| differ(limit, threshold))
            && is_beyond(limit) == is_beyond(threshold)
        {
            report((alert, threshold), (other, limit), findings);
        }
    }
}

fn section(document: &Document, target: &Target) -> Option<Span> {
    document.section_at(target.statement.start).map(|section| section.heading)
}

/// Whether a target of what `alert` watches can be missed below `threshold`.
fn is_beyond_target(document: &Document, alert: &Target, threshold: &Quantity) -> bool {
    let mut goals = with_numbers(&document.targets, TargetRole::Goal);
    goals.any(|(goal, bound)| {
        bound.unit == threshold.unit
            && is_same_metric(goal, alert)
            && is_late(goal, bound, threshold)
    })
}

fn differ(one: &Quantity, other: &Quantity) -> bool {
    one.unit != other.unit || (one.value - other.value).abs() > f64::EPSILON
}

fn report(
    (alert, threshold): (&Target, &Quantity),
    (other, limit): (&Target, &Quantity),
    findings: &mut Findings<'_>,
) {
    let (here, there) = (&threshold.raw, &limit.raw);
    let message = if threshold.unit == limit.unit {
        format!(
            "the alert on {} is at `{}` here and at `{}` elsewhere",
            alert.name.text, here.text, there.text
        )
    } else {
        format!(
            "the alert on {} counts in another unit here: `{}`, elsewhere `{}`",
            alert.name.text, here.text, there.text
        )
    };
    findings
        .report(here.span, message)
        .related(there.span, format!("{} is at `{}`", other.name.text, there.text))
        .help("state one threshold, or name the levels in one table");
}

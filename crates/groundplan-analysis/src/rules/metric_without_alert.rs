//! `metric-without-alert`: a threshold that no rule watches.

use groundplan_model::document::{Metric, Target, TargetRole};
use groundplan_model::{Document, Severity};

use super::{Check, FixKind, Rule};
use crate::targets::{is_bound, with_numbers};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "metric-without-alert",
    group: "observability",
    summary: "a metric has an alert threshold, and the alerting rules have none for it",
    page: include_str!("metric_without_alert.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let alerts = with_numbers(&document.targets, TargetRole::Alert).filter(|it| is_bound(it.1));
    let (rules, metrics): (Vec<_>, Vec<_>) =
        alerts.partition(|(alert, _)| is_among_rules(document, alert));
    let Some((first, _)) = rules.first() else { return };
    for (metric, threshold) in metrics {
        let is_known = !matches!(metric.metric, Metric::Other(_));
        if is_known && !rules.iter().any(|(rule, _)| rule.metric == metric.metric) {
            let (name, at) = (&metric.name.text, &threshold.raw.text);
            findings
                .report(threshold.raw.span, format!("no rule alerts when {name} is {at}"))
                .related(first.statement, "the alerting rules are listed here")
                .help("add a rule, or drop the threshold");
        }
    }
}

/// Whether the alert stands in a section that is about alerts and nothing else.
fn is_among_rules(document: &Document, alert: &Target) -> bool {
    let section = document.section_at(alert.statement.start);
    section.is_some_and(|it| it.title.text.to_lowercase().contains("alert"))
}

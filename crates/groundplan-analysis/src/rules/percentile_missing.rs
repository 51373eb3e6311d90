//! `percentile-missing`: a latency of nobody in particular.

use groundplan_model::Severity;
use groundplan_model::document::{Form, Metric, Unit};

use super::{Check, FixKind, Rule};
use crate::lines::any;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "percentile-missing",
    group: "performance",
    summary: "a bound on latency says for which share of the requests",
    page: include_str!("percentile_missing.md"),
    severity: Severity::Info,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let mut last = None;
    for target in document.targets.iter().filter(|it| it.metric == Metric::Latency) {
        let Some(bound) = target.quantity.as_ref().filter(|it| it.unit == Unit::Milliseconds)
        else {
            continue;
        };
        let is_new = last.replace(target.statement) != Some(target.statement);
        let is_row = document.form_of(target.statement) == Form::Table;
        let text = document.source.slice(target.statement).to_lowercase();
        let is_of_requests = any(&target.name.text.to_lowercase(), &["response time", "latency"]);
        let says = target.percentile.is_some() || any(&text, &SHARES);
        if is_new && is_row && is_of_requests && !says {
            let message = format!("`{}` says not for which share of requests", bound.raw.text);
            findings.report(bound.raw.span, message).help("name a percentile: p95, p99");
        }
    }
}

/// Words that say which requests are meant.
const SHARES: [&str; 16] = [
    "average",
    "avg",
    "mean",
    "median",
    "max",
    "worst",
    "every",
    "all ",
    "always",
    "percentile",
    "p50",
    "p90",
    "p95",
    "p99",
    "typical",
    "%",
];

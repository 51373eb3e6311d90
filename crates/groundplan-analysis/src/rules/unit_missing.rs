//! `unit-missing`: a latency in nothing.

use groundplan_model::Severity;
use groundplan_model::document::{Comparator, Form, Metric, Unit};

use super::{Check, FixKind, Rule};
use crate::lines::any;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "unit-missing",
    group: "performance",
    summary: "a bound on latency has no unit",
    page: include_str!("unit_missing.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let latencies = document.targets.iter().filter(|it| it.metric == Metric::Latency);
    for target in latencies.filter(|it| document.form_of(it.statement) == Form::Table) {
        let Some(bound) = &target.quantity else { continue };
        let text = document.source.slice(target.statement).to_lowercase();
        let is_bare = bound.unit == Unit::Count && bound.comparator != Comparator::Equal;
        if is_bare && !any(&text, &UNITS) {
            let message =
                format!("the bound on {} has no unit: `{}`", target.name.text, bound.raw.text);
            findings.report(bound.raw.span, message).help("write `ms` or `s` behind the number");
        }
    }
}

/// What says the unit elsewhere in the row.
const UNITS: [&str; 5] = ["ms", "sec", "(s)", "min", "x "];

//! `json-does-not-parse`: a JSON example that is not JSON.

use groundplan_model::Severity;

use super::{FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "json-does-not-parse",
    group: "api",
    summary: "a JSON example has a syntax error",
    page: include_str!("json_does_not_parse.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for example in context.document.examples.iter().filter(|example| !example.shape_only) {
        let Some(fault) = &example.fault else { continue };
        let message = format!("this JSON does not parse: {}", fault.text);
        findings.report(fault.span, message).help("correct the example; nothing is read from it");
    }
}

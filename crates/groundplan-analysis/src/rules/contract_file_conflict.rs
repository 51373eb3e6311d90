//! `contract-file-conflict`: a document and an OpenAPI file beside it say different things.

use groundplan_model::Severity;

use super::{Check, FixKind, Rule};
use crate::drift::Claim;
use crate::drift::conflicts::{Conflict, Difference};
use crate::endpoints::title;
use crate::{Findings, LinkedContext};

pub(super) static RULE: Rule = Rule {
    name: "contract-file-conflict",
    group: "api",
    summary: "a document and an OpenAPI file of the workspace say different things of an endpoint",
    page: include_str!("contract_file_conflict.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Linked(check),
};

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    for conflict in context.index.contract_conflicts(&context.outline.path) {
        report(conflict, findings);
    }
}

fn report(conflict: &Conflict<'_>, findings: &mut Findings<'_>) {
    let Conflict { endpoint, claim, file, operation, difference } = conflict;
    let own = title(endpoint.method, &endpoint.path);
    let there = &operation.title;
    let here = format!("`{there}` here");
    let (message, label, help) = match difference {
        Difference::Method => {
            (format!("`{own}` is `{there}` in `{file}`"), here, "name one method in both places")
        }
        Difference::Path => {
            (format!("`{own}` is `{there}` in `{file}`"), here, "write one path in both places")
        }
        Difference::Status(own_status, other) => (
            format!("`{own}` answers {own_status} here and {other} in `{file}`"),
            format!("{other} here"),
            "state one status in both places",
        ),
        Difference::Absent => (
            format!("`{own}` is not in `{file}`"),
            format!("{here}, beside which it would stand"),
            "add it to the contract, or take it out of the document",
        ),
    };
    let is_expected = *difference == Difference::Absent && *claim == Claim::Planned;
    let most = if is_expected { Severity::Info } else { Severity::Warning };
    findings
        .report_as(endpoint.certainty, endpoint.span, message)
        .related_in(file, operation.span, label)
        .help(help)
        .at_most(most);
}

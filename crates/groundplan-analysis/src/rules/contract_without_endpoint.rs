//! `contract-without-endpoint`: an operation of the contract that no list states.

use groundplan_model::Severity;

use super::{FixKind, Rule};
use crate::endpoints::{RouteKey, title};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "contract-without-endpoint",
    group: "api",
    summary: "the contract has an operation that the document states nowhere else",
    page: include_str!("contract_without_endpoint.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let Some(first) = document.endpoints.first() else { return };
    let stated: Vec<RouteKey> = document.endpoints.iter().map(RouteKey::of).collect();
    for operation in &document.operations {
        let key = RouteKey::new(operation.method, &operation.path);
        if stated.iter().any(|it| it.is_same(&key)) {
            continue;
        }
        let title = title(operation.method, &operation.path);
        findings
            .report(operation.span, format!("no list of endpoints has `{title}`"))
            .related(first.span, "the list has this endpoint")
            .help("add it to the list, or take it out of the contract");
    }
}

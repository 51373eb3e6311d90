//! `error-not-in-contract`: an error status of an endpoint that its operation does not declare.

use groundplan_model::document::{Endpoint, Operation};
use groundplan_model::{Document, Severity};
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::endpoints::{RouteKey, title};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "error-not-in-contract",
    group: "errors",
    summary: "an endpoint's row names an error status that its operation does not declare",
    page: include_str!("error_not_in_contract.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    for (index, endpoint) in document.endpoints.iter().enumerate() {
        let Some(operation) = operation(document, endpoint) else { continue };
        let mut reported: Vec<u16> = Vec::new();
        for (status, span) in errors(document, index, endpoint) {
            if operation.statuses.contains(&status) || reported.contains(&status) {
                continue;
            }
            reported.push(status);
            let title = title(endpoint.method, &endpoint.path);
            findings
                .report(
                    span,
                    format!("`{title}` can answer {status}, but its contract has no {status}"),
                )
                .related(operation.span, "the operation")
                .help(format!("add {status} to the operation's responses, or take it out here"));
        }
    }
}

/// The operation of an endpoint; `None` where it declares no error at all: then it shows the success
/// only.
fn operation<'a>(document: &'a Document, endpoint: &Endpoint) -> Option<&'a Operation> {
    let key = RouteKey::of(endpoint);
    let mut operations = document.operations.iter();
    let found = operations.find(|it| RouteKey::new(it.method, &it.path).is_same(&key))?;
    found.statuses.iter().any(|status| is_error(*status)).then_some(found)
}

/// Error statuses that the endpoint's own row or section names.
fn errors<'a>(
    document: &'a Document,
    index: usize,
    endpoint: &'a Endpoint,
) -> impl Iterator<Item = (u16, Span)> + use<'a> {
    let cell = endpoint.errors.iter().flat_map(|cell| {
        let words = cell.text.split(|c: char| !c.is_alphanumeric());
        let statuses = words.filter(|word| word.len() == 3).filter_map(|word| word.parse().ok());
        statuses.map(|status| (status, cell.span))
    });
    let own = document.error_rows().filter(move |case| case.endpoint == Some(index));
    let all = cell.chain(own.map(|case| (case.status, case.span)));
    all.filter(|(status, _)| is_error(*status))
}

fn is_error(status: u16) -> bool {
    (400..600).contains(&status)
}

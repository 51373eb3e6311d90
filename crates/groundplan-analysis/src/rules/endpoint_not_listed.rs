//! `endpoint-not-listed`: a described endpoint that the table of endpoints leaves out.

use groundplan_model::document::{Form, Method};
use groundplan_model::{Document, Severity};
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::endpoints::{RouteKey, is_listed, title};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "endpoint-not-listed",
    group: "api",
    summary: "an endpoint is described, and the table of endpoints leaves it out",
    page: include_str!("endpoint_not_listed.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// An endpoint with an operation or a section of its own.
struct Described<'a> {
    method: Method,
    path: &'a str,
    span: Span,
    is_operation: bool,
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let mut rows = document.endpoints.iter().filter(|it| it.form == Form::Table);
    let Some(first) = rows.next() else { return };
    let listed: Vec<RouteKey> =
        document.endpoints.iter().filter(|it| is_listed(it)).map(RouteKey::of).collect();
    let mut reported: Vec<RouteKey> = Vec::new();
    for endpoint in described(document) {
        let key = RouteKey::new(endpoint.method, endpoint.path);
        if listed.iter().chain(&reported).any(|it| it.is_same(&key)) {
            continue;
        }
        reported.push(key);
        let (title, place) = (title(endpoint.method, endpoint.path), endpoint.is_operation);
        let place = if place { "in the contract" } else { "described" };
        findings
            .report(
                endpoint.span,
                format!("`{title}` is {place}, but not in the table of endpoints"),
            )
            .related(first.span, "the table begins with this endpoint")
            .help("add it to the table, or take it out here");
    }
}

fn described(document: &Document) -> impl Iterator<Item = Described<'_>> {
    let operations = document.operations.iter().map(|it| Described {
        method: it.method,
        path: &it.path,
        span: it.span,
        is_operation: true,
    });
    let sections = document.endpoints.iter();
    let sections = sections.filter(|it| matches!(it.form, Form::Heading | Form::Lines));
    operations.chain(sections.map(|it| Described {
        method: it.method,
        path: &it.path,
        span: it.span,
        is_operation: false,
    }))
}

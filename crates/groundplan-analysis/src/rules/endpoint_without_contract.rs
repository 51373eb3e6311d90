//! `endpoint-without-contract`: a listed endpoint that nothing describes.

use groundplan_model::document::Endpoint;
use groundplan_model::{Document, Severity};
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::endpoints::{RouteKey, is_listed, title};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "endpoint-without-contract",
    group: "api",
    summary: "an endpoint is listed, and only others are described",
    page: include_str!("endpoint_without_contract.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// A place that describes an endpoint: an operation, a section of its own, an example.
struct Description {
    key: RouteKey,
    span: Span,
    is_operation: bool,
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let listed = distinct(document.endpoints.iter().filter(|it| is_listed(it)));
    let (contract, others) = (operations(document), sections(document));
    // An OpenAPI fragment that has half of the endpoints claims to be the whole contract. A smaller
    // one may show some of them, and sections and examples may describe the rest.
    let covered = listed.iter().filter(|it| find(&contract, it).is_some()).count();
    let descriptions: Vec<Description> = match covered * 2 >= listed.len() {
        true => contract,
        false => contract.into_iter().chain(others).collect(),
    };
    let (described, missing): (Vec<&Endpoint>, Vec<&Endpoint>) =
        listed.into_iter().partition(|it| find(&descriptions, it).is_some());
    let Some(first) = described.first().and_then(|it| find(&descriptions, it)) else { return };
    // Examples of a few endpoints are no claim to show all: there, only the last ones missing were
    // forgotten.
    if !first.is_operation && described.len() < missing.len() * 2 {
        return;
    }
    for endpoint in missing {
        report(endpoint, first, findings);
    }
}

fn find<'a>(descriptions: &'a [Description], endpoint: &Endpoint) -> Option<&'a Description> {
    let key = RouteKey::of(endpoint);
    descriptions.iter().find(|it| it.key.is_same(&key))
}

fn report(endpoint: &Endpoint, first: &Description, findings: &mut Findings<'_>) {
    let title = title(endpoint.method, &endpoint.path);
    let (message, note) = match first.is_operation {
        true => (format!("`{title}` is not in the contract"), "the contract has this operation"),
        false => (format!("`{title}` is listed but not described"), "others are described"),
    };
    findings
        .report_as(endpoint.certainty, endpoint.span, message)
        .related(first.span, note)
        .help("describe it like the others, or take it out of the list");
}

fn operations(document: &Document) -> Vec<Description> {
    let operations = document.operations.iter().map(|it| Description {
        key: RouteKey::new(it.method, &it.path),
        span: it.span,
        is_operation: true,
    });
    operations.collect()
}

/// Endpoints that have a section or an example of their own.
fn sections(document: &Document) -> Vec<Description> {
    let sections = document.endpoints.iter().filter(|it| !is_listed(it));
    let examples = document.examples.iter().filter_map(|it| document.endpoints.get(it.endpoint?));
    let describe =
        |it: &Endpoint| Description { key: RouteKey::of(it), span: it.span, is_operation: false };
    sections.chain(examples).map(describe).collect()
}

/// Each endpoint once, its first statement.
fn distinct<'a>(endpoints: impl Iterator<Item = &'a Endpoint>) -> Vec<&'a Endpoint> {
    let mut found: Vec<(RouteKey, &Endpoint)> = Vec::new();
    for endpoint in endpoints {
        let key = RouteKey::of(endpoint);
        if !found.iter().any(|(known, _)| *known == key) {
            found.push((key, endpoint));
        }
    }
    found.into_iter().map(|(_, endpoint)| endpoint).collect()
}

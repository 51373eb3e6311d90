//! `endpoint-without-contract`: a listed endpoint that nothing describes.

use groundplan_model::document::Endpoint;
use groundplan_model::{Document, Severity};
use groundplan_syntax::Span;

use super::{FixKind, Rule};
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
    check,
};

/// A place that describes an endpoint: an operation, a section of its own, an example.
struct Description {
    key: RouteKey,
    span: Span,
    is_operation: bool,
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let descriptions = descriptions(document);
    let is_described = |endpoint: &&Endpoint| {
        let key = RouteKey::of(endpoint);
        descriptions.iter().find(|it| it.key.is_same(&key))
    };
    let listed = distinct(document.endpoints.iter().filter(|it| is_listed(it)));
    let (described, others): (Vec<_>, Vec<_>) =
        listed.into_iter().partition(|it| is_described(it).is_some());
    let Some(first) = described.first().and_then(is_described) else { return };
    // An OpenAPI fragment claims to be the contract. Examples of a few endpoints do not: there, only
    // the last ones missing were forgotten.
    let has_contract = descriptions.iter().any(|it| it.is_operation);
    if !has_contract && described.len() < others.len() * 2 {
        return;
    }
    for endpoint in others {
        report(endpoint, first, findings);
    }
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

fn descriptions(document: &Document) -> Vec<Description> {
    let operations = document.operations.iter().map(|it| Description {
        key: RouteKey::new(it.method, &it.path),
        span: it.span,
        is_operation: true,
    });
    let of_endpoint =
        |it: &Endpoint| Description { key: RouteKey::of(it), span: it.span, is_operation: false };
    let sections = document.endpoints.iter().filter(|it| !is_listed(it)).map(of_endpoint);
    let examples = document.examples.iter().filter_map(|it| document.endpoints.get(it.endpoint?));
    operations.chain(sections).chain(examples.map(of_endpoint)).collect()
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

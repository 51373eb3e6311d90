//! `response-unspecified`: a cell that says what an answer is made of, not what it is.

use groundplan_model::document::{Endpoint, Example};
use groundplan_model::{Document, Severity};

use super::{Check, FixKind, Rule};
use crate::endpoints::{RouteKey, title};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "response-unspecified",
    group: "api",
    summary: "a row says that an endpoint answers something, and not what",
    page: include_str!("response_unspecified.md"),
    severity: Severity::Info,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// Answers that say nothing, in lower case without marks.
const VAGUE: [&str; 18] = [
    "json",
    "json object",
    "json payload",
    "json response",
    "json data",
    "object",
    "data",
    "response",
    "result",
    "results",
    "status + id",
    "status and id",
    "status",
    "payload",
    "body",
    "response object",
    "response body",
    "success",
];

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    for (at, endpoint) in document.endpoints.iter().enumerate() {
        let Some(response) = &endpoint.response else { continue };
        let words = response.text.trim().trim_matches(['`', '.']).to_lowercase();
        if !VAGUE.contains(&words.as_str()) || is_described(document, at, endpoint) {
            continue;
        }
        let title = title(endpoint.method, &endpoint.path);
        findings
            .report(
                response.span,
                format!("`{title}` answers \"{}\", which nothing describes", response.text),
            )
            .help("name the status and the type: `200: Order`");
    }
}

/// Whether an example, an operation or another statement says more.
fn is_described(document: &Document, at: usize, endpoint: &Endpoint) -> bool {
    let key = RouteKey::of(endpoint);
    let is_same = |other: &Endpoint| RouteKey::of(other).is_same(&key);
    let of = |it: &Example| it.endpoint.and_then(|at| document.endpoints.get(at));
    document.examples.iter().filter_map(of).any(is_same)
        || document.operations.iter().any(|it| RouteKey::new(it.method, &it.path).is_same(&key))
        || document.endpoints.iter().enumerate().any(|(other, it)| other != at && is_same(it))
}

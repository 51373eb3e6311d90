//! `method-status-mismatch`: an answer whose status does not fit its method.

use groundplan_model::document::{Endpoint, Example, ExampleRole, Method};
use groundplan_model::{Document, Severity};

use super::{Check, FixKind, Rule};
use crate::endpoints::{is_parameter, title};
use crate::json_members::members;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "method-status-mismatch",
    group: "api",
    summary: "an endpoint answers with a status that does not fit its method",
    page: include_str!("method_status_mismatch.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    for example in &document.examples {
        let endpoint = example.endpoint.and_then(|at| document.endpoints.get(at));
        let (ExampleRole::Response(Some(status)), Some(endpoint)) = (example.role, endpoint) else {
            continue;
        };
        let Some(value) = &example.value else { continue };
        let span = document.source.line_of(example.span.start as usize);
        if status == 200 && creates(document, endpoint) && value.get("id").is_some() {
            let title = title(endpoint.method, &endpoint.path);
            let message = format!("`{title}` makes something with an `id`, and answers 200");
            findings
                .report(span, message)
                .related(endpoint.span, "the endpoint")
                .help("answer 201 with a `Location`, or 202 where the work goes on");
        }
        if status == 204 {
            let title = title(endpoint.method, &endpoint.path);
            findings
                .report(span, format!("`{title}` answers 204, which has no body, with this one"))
                .related(endpoint.span, "the endpoint")
                .help("answer 200, or leave the body out");
        }
    }
    not_found(document, findings);
}

/// Whether the endpoint is a POST to a collection, or to what stands for one.
fn creates(document: &Document, endpoint: &Endpoint) -> bool {
    let mut parts = endpoint.path.rsplit('/').filter(|part| !part.is_empty());
    let (last, above) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    const ACTIONS: [&str; 12] = [
        "login", "logout", "search", "query", "refresh", "verify", "validate", "token", "cancel",
        "preview", "check", "test",
    ];
    let is_stated = |action: &str| action.eq_ignore_ascii_case(last);
    let mut stated = document.transitions.iter().filter_map(|it| it.action.as_deref());
    // `/orders/{id}/ship` does something to a row; `/orders/{id}/items` holds rows of its own.
    let is_of_one_row = is_parameter(above) && !last.ends_with('s');
    endpoint.method == Method::Post
        && !is_parameter(last)
        && !ACTIONS.contains(&last)
        && !is_of_one_row
        && !stated.any(is_stated)
}

/// A 404 of a POST whose path has no parameter and whose body names no other row.
fn not_found(document: &Document, findings: &mut Findings<'_>) {
    let cases = document.error_rows().filter(|case| case.status == 404);
    for case in cases {
        let Some(at) = case.endpoint else { continue };
        let Some(endpoint) = document.endpoints.get(at) else { continue };
        if endpoint.method != Method::Post || endpoint.path.split('/').any(is_parameter) {
            continue;
        }
        let mut requests = document.examples.iter();
        let request =
            requests.find(|it| it.endpoint == Some(at) && it.role == ExampleRole::Request);
        let Some(request) = request.filter(|it| it.value.is_some() && !refers(document, it)) else {
            continue;
        };
        let title = title(endpoint.method, &endpoint.path);
        let message = format!("`{title}` answers 404, and nothing in the request can be missing");
        findings
            .report(case.span, message)
            .related(request.span, "the request names no other row")
            .help("say what is not found, or leave the row out");
    }
}

/// Whether a member names another row: `order_id`, `template`.
fn refers(document: &Document, request: &Example) -> bool {
    let text = document.source.slice(request.span);
    members(text, request.span.start as usize).iter().any(|member| {
        let name = member.path.last().map(|name| name.to_lowercase()).unwrap_or_default();
        let ends = ["id", "ids", "name", "key", "slug", "code", "ref", "path", "url", "token"];
        ends.iter().any(|end| name.ends_with(end))
    })
}

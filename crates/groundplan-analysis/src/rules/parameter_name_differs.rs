//! `parameter-name-differs`: one place of a path with two names.

use std::collections::HashMap;

use groundplan_model::document::{Endpoint, Form};
use groundplan_model::{Document, Severity};
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::endpoints::is_parameter;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "parameter-name-differs",
    group: "api",
    summary: "the same parameter of a path has two names",
    page: include_str!("parameter_name_differs.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let mut seen: HashMap<String, (String, Span)> = HashMap::new();
    let mut reported: Vec<String> = Vec::new();
    let all = document.endpoints.iter().chain(&document.mentions);
    for endpoint in all.filter(|it| is_own(document, it)) {
        for (place, name) in parameters(&endpoint.full_path()) {
            let known = seen.entry(place.clone()).or_insert_with(|| (name.clone(), endpoint.span));
            if is_variant(&known.0, &name) || reported.contains(&place) {
                continue;
            }
            let message =
                format!("`{place}/` is followed by `{name}` here and by `{}` elsewhere", known.0);
            findings
                .report_as(endpoint.certainty, endpoint.span, message)
                .related(known.1, format!("`{}`", known.0))
                .help("give it one name: routers refuse two names at one place, and clients cannot tell");
            reported.push(place);
        }
    }
}

/// Whether a name is the other one, or says more with it: `clientId`, `demoClientId`.
fn is_variant(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let says_more = |long: &str, short: &str| short.len() > 2 && long.ends_with(short);
    one == other || says_more(&one, &other) || says_more(&other, &one)
}

fn is_own(document: &Document, endpoint: &Endpoint) -> bool {
    !matches!(endpoint.form, Form::Fence | Form::Quote) && !document.is_external(endpoint)
}

/// Parameters with the path before them, where parameters have no names.
fn parameters(path: &str) -> Vec<(String, String)> {
    let (mut before, mut found) = (String::new(), Vec::new());
    for part in path.split('/').filter(|part| !part.is_empty()) {
        let name = part.trim_matches(['{', '}', ':', '<', '>']);
        let is_name = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        before.push('/');
        if !is_parameter(part) {
            before.push_str(part);
            continue;
        }
        // Behind another parameter, or at the root, the name may be what tells two things apart.
        let has_noun =
            before.trim_end_matches('/').rsplit('/').next().is_some_and(|it| it.len() > 2);
        if is_name && has_noun && !name.is_empty() {
            found.push((before.trim_end_matches('/').to_owned(), name.to_owned()));
        }
        before.push_str("{}");
    }
    found
}

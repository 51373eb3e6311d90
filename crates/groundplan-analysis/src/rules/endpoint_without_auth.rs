//! `endpoint-without-auth`: a lock, and no word on which doors have it.

use groundplan_model::document::{Concept, Endpoint, Form, PolicyKind, Section};
use groundplan_model::{Certainty, Document, Severity};

use super::{Check, FixKind, Rule};
use crate::lines::{any, is_code, with_words};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "endpoint-without-auth",
    group: "security",
    summary: "authentication is described, and no endpoint says whether it needs it",
    page: include_str!("endpoint_without_auth.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let stated = |it: &&Endpoint| {
        it.certainty == Certainty::Stated
            && matches!(it.form, Form::Table | Form::Lines)
            && !document.is_external(it)
    };
    let Some(first) = document.endpoints.iter().find(stated) else { return };
    let Some(promise) = document.sections.iter().find(|it| is_promise(document, it)) else {
        return;
    };
    let says = document.policies.iter().any(|it| it.kind == PolicyKind::BearerToken)
        || document.error_cases.iter().any(|it| matches!(it.status, 401 | 403))
        || document
            .sections
            .iter()
            .any(|it| it.concept == Some(Concept::Api) && speaks(document, it))
        || with_words(document, &PHRASES)
            .iter()
            .any(|it| !is_code(document, *it) && any(&it.text.to_lowercase(), &ENDPOINTS));
    if !says {
        findings
            .report(first.span, "no endpoint says whether it needs authentication")
            .related(promise.heading, "authentication is described here")
            .help("add a column, a 401 among the errors, or one sentence for all");
    }
}

const PHRASES: [&str; 6] = ["uthenticat", "uthoriz", "oken", "Public", "public", "@require"];
const ENDPOINTS: [&str; 4] = ["endpoint", "all routes", "every route", "all requests"];

fn is_promise(document: &Document, section: &Section) -> bool {
    let title = section.title.text.to_lowercase();
    title.contains("authentication") && document.is_under(section.heading.start, Concept::Security)
}

/// Whether a section about the interface speaks of who may call.
fn speaks(document: &Document, section: &Section) -> bool {
    let text = document.source.slice(section.span);
    any(text, &["uth", "earer", "JWT", "token", "API key", "session", "401", "403"])
}

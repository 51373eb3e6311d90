//! `status-missing-for-auth`: authentication, and error rows without 401 and 403.

use groundplan_model::document::PolicyKind;
use groundplan_model::{Document, Severity};
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "status-missing-for-auth",
    group: "errors",
    summary: "requests are authenticated, and no error row answers 401 or 403",
    page: include_str!("status_missing_for_auth.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// So many rows mean to be the list of what can go wrong.
const ROWS: usize = 3;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let Some(first) = document.error_rows().next() else { return };
    let is_refusal = |status: u16| matches!(status, 401 | 403);
    if document.error_rows().count() < ROWS
        || document.error_cases.iter().any(|case| is_refusal(case.status))
        || document.operations.iter().any(|it| it.statuses.iter().any(|it| is_refusal(*it)))
    {
        return;
    }
    let Some((span, note)) = authentication(document) else { return };
    findings
        .report(first.span, "no error row answers 401 or 403, though callers are authenticated")
        .related(span, note)
        .help("add a row for a caller who is not known, and one for a caller who may not");
}

/// Where the document says that callers are authenticated.
fn authentication(document: &Document) -> Option<(Span, &'static str)> {
    let by_token =
        |kind: &PolicyKind| matches!(kind, PolicyKind::BearerToken | PolicyKind::OwnRows);
    if let Some(policy) = document.policies.iter().find(|it| by_token(&it.kind)) {
        return Some((policy.text.span, "only known callers are answered"));
    }
    let section = document.sections.iter().find(|it| names_it(&it.title.text));
    if let Some(section) = section {
        let text = document.source.slice(section.span).to_lowercase();
        return (!is_denied(&text)).then_some((section.heading, "callers are authenticated"));
    }
    let mut at = 0;
    for line in document.source.text().split_inclusive('\n') {
        let (start, lower) = (at, line.to_lowercase());
        at += line.len();
        if is_label(&lower) && !is_denied(&lower) {
            return Some((
                Span::new(start, start + line.trim_end().len()),
                "callers are authenticated",
            ));
        }
    }
    None
}

fn names_it(title: &str) -> bool {
    let title = title.to_lowercase();
    title.contains("authentication") || title.contains("authorization")
}

/// `- **Authentication:** …`
fn is_label(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches(['-', '*', ' ']);
    line.starts_with("authentication:") || line.starts_with("authorization:")
}

fn is_denied(text: &str) -> bool {
    let words = [
        "no auth",
        "none",
        "not required",
        "out of scope",
        "n/a",
        "not applicable",
        "no user",
        "single-user",
        "single user",
        "localhost",
        "local only",
        "unauthenticated",
        "no login",
        "without auth",
        "future",
        "no new",
        "unchanged",
        "trusted",
    ];
    words.iter().any(|word| text.contains(word))
}

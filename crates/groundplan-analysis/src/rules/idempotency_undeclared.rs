//! `idempotency-undeclared`: a failure that callers shall retry, and a POST that does its work again.

use groundplan_model::document::Method;
use groundplan_model::{Document, Severity};

use super::{Check, FixKind, Rule};
use crate::endpoints::title;
use crate::lines::{any, holds, with_words};
use crate::rows::cell;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "idempotency-undeclared",
    group: "errors",
    summary: "a failure may be retried, and nothing keeps a POST from doing its work twice",
    page: include_str!("idempotency_undeclared.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let failed = document.error_rows().filter(|case| case.status >= 500);
    let mut retried =
        failed.filter_map(|case| cell(document, case.span, &["retr"]).map(|it| (case, it)));
    let Some((case, cell)) = retried.find(|(_, cell)| is_yes(cell.text)) else { return };
    let mut endpoints = document.endpoints.iter();
    let Some(post) = endpoints.find(|it| it.method == Method::Post && !document.is_external(it))
    else {
        return;
    };
    if holds(context.lower(), &["idempoten"]) || leaves_posts_out(document) {
        return;
    }
    let title = title(post.method, &post.path);
    let message = format!("{} may be retried, and `{title}` then does its work twice", case.status);
    findings
        .report(cell.span, message)
        .related(post.span, "nothing tells a second try from a second request")
        .help("take an `Idempotency-Key` with it, or say that callers must not retry a POST");
}

/// Whether a line says that callers do not simply send a POST again.
fn leaves_posts_out(document: &Document) -> bool {
    const BOUNDS: [&str; 7] = [
        "only after",
        "not retr",
        "never retr",
        "not be retr",
        "never be retr",
        "not repeat",
        "never repeat",
    ];
    let posts = with_words(document, &["POST"]);
    posts.iter().any(|line| any(&line.text.to_lowercase(), &BOUNDS))
}

fn is_yes(text: &str) -> bool {
    let text = text.trim_matches(['`', '*', ' ']).to_lowercase();
    text.starts_with("yes") || text.starts_with("true") || text.starts_with('✅') || text == "y"
}

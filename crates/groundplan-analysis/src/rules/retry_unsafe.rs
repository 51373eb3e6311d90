//! `retry-unsafe`: a POST that is sent again when it fails.

use groundplan_model::Severity;

use super::{Check, FixKind, Rule};
use crate::code_lines::{Line, code_lines, snippets};
use crate::snippets::Language;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "retry-unsafe",
    group: "errors",
    summary: "sample code sends a POST again when it fails, and nothing tells the tries apart",
    page: include_str!("retry_unsafe.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for snippet in snippets(context, Language::Python) {
        let text = snippet.text.to_lowercase();
        if !text.contains("retry") || !text.contains(".post(") || text.contains("idempoten") {
            continue;
        }
        let lines: Vec<Line<'_>> = code_lines(snippet).collect();
        let retries = lines.iter().enumerate().filter(|(_, line)| is_retry(line.text));
        for (at, retry) in retries {
            let Some(post) = post(lines.get(at..).unwrap_or_default()) else { continue };
            findings
                .report(retry.span, "a POST is sent again when it fails")
                .related(post.span, "the request")
                .help("send an `Idempotency-Key`, or retry only before the request was sent");
        }
    }
}

/// `@retry(…)`, whatever the decorator's library.
fn is_retry(line: &str) -> bool {
    let line = line.trim_start().to_lowercase();
    line.starts_with("@retry")
        || line.starts_with("@tenacity.retry")
        || line.starts_with("@backoff.")
}

/// The POST in the function that stands under a decorator.
fn post<'a>(lines: &[Line<'a>]) -> Option<Line<'a>> {
    let start = lines.iter().position(|line| {
        let body = line.text.trim_start();
        body.starts_with("def ") || body.starts_with("async def ")
    })?;
    let (head, body) = lines.get(start..)?.split_first()?;
    let inside = body.iter().take_while(|line| line.is_blank() || line.indent() > head.indent());
    inside.copied().find(|line| line.text.contains(".post("))
}

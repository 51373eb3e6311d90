//! `nul-byte`: a file that is no text.

use groundplan_model::Severity;
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "nul-byte",
    group: "markdown",
    summary: "the file holds NUL bytes, so it is no text",
    page: include_str!("nul_byte.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let text = context.document.source.text();
    let Some(at) = memchr::memchr(0, text.as_bytes()) else { return };
    findings
        .report(
            Span::new(at, at + 1),
            "a NUL byte: the file is no text, is in UTF-16, or is damaged",
        )
        .help("save the file as UTF-8, or name it in `.groundplanignore`");
}

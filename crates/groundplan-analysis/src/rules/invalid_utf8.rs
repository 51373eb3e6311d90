//! `invalid-utf8`: bytes that are not UTF-8.

use groundplan_model::Severity;
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "invalid-utf8",
    group: "markdown",
    summary: "the file holds bytes that are not UTF-8",
    page: include_str!("invalid_utf8.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let source = &context.document.source;
    let Some(at) = source.invalid_utf8() else { return };
    let span = Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8());
    findings
        .report(span, "the file is not UTF-8: this byte is not part of a character")
        .help("save the file as UTF-8; until then no fix is written to it");
}

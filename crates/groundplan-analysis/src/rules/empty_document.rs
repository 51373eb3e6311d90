//! `empty-document`: a file without text.

use groundplan_model::Severity;
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "empty-document",
    group: "markdown",
    summary: "the file has no text",
    page: include_str!("empty_document.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let text = context.document.source.text();
    if text.chars().all(|it| it.is_whitespace() || it == '\u{feff}') {
        findings
            .report(Span::at(0), "the file has no text")
            .help("write the document, delete the file, or name it in `.groundplanignore`");
    }
}

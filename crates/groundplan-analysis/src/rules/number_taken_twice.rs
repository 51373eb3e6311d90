//! `number-taken-twice`: two documents of one kind with one number.

use groundplan_model::profile::Kind;
use groundplan_model::{Document, Severity};
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::{Context, Findings, paths};

pub(super) static RULE: Rule = Rule {
    name: "number-taken-twice",
    group: "documents",
    summary: "two documents of one kind have the same number",
    page: include_str!("number_taken_twice.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let path = document.source.path();
    let Some(number) = number(path) else { return };
    // Features have labels; of plain numbers only those of decisions are counted.
    if !number.contains('_') && document.classification.kind != Kind::DecisionRecord {
        return;
    }
    let same = context.index.numbered(paths::folder(path), number);
    let other = same.iter().find(|it| **it != path);
    let Some(other) = other.and_then(|it| context.workspace.document(it)) else { return };
    let name = paths::file_name(other.source.path());
    findings
        .report(heading(document), format!("the number `{number}` is taken by `{name}`, too"))
        .related_in(other, heading(other), "the other one")
        .help("give one of them the next free number, and mend the links to it");
}

fn heading(document: &Document) -> Span {
    document.title.as_ref().map_or(document.source.line_of(0), |it| it.span)
}

/// `001_PRD` of `docs/001_PRD-orders.md`, `0001` of `docs/adr/0001-use-sqlite.md`.
pub(crate) fn number(path: &str) -> Option<&str> {
    let name = paths::file_name(path);
    let digits = name.find(|c: char| !c.is_ascii_digit())?;
    let rest = name.get(digits..)?;
    if !(3..=4).contains(&digits) {
        return None;
    }
    if rest.starts_with('-') {
        return name.get(..digits);
    }
    let label = rest.strip_prefix('_')?;
    let end = label.find(['-', '|'])?;
    let is_label = label.get(..end)?.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    (is_label && end > 0).then(|| name.get(..digits + 1 + end)).flatten()
}

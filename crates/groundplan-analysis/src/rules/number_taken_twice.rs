//! `number-taken-twice`: two documents of one kind with one number.

use groundplan_model::profile::Kind;
use groundplan_model::{Outline, Severity};

use super::{Check, FixKind, Rule};
use crate::{Findings, LinkedContext, paths};

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
    check: Check::Linked(check),
};

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    let Outline { path, kind, .. } = context.outline;
    let Some(number) = number(path) else { return };
    // Features have labels; of plain numbers only those of decisions are counted.
    if !number.contains('_') && *kind != Kind::DecisionRecord {
        return;
    }
    let same = context.index.numbered(paths::folder(path), number);
    let other = same.iter().find(|it| **it != path.as_str());
    let Some(other) = other.and_then(|it| context.linked.outline(it)) else { return };
    let name = paths::file_name(&other.path);
    findings
        .report(
            context.outline.heading(),
            format!("the number `{number}` is taken by `{name}`, too"),
        )
        .related_in(&other.path, other.heading(), "the other one")
        .help("give one of them the next free number, and mend the links to it");
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

//! `suppression-unused`: a comment that suppresses nothing.

use groundplan_model::{Certainty, Diagnostic, Fix, Severity};

use super::{Check, FixKind, Rule};
use crate::suppression::{GROUP, Unused};

pub(crate) static RULE: Rule = Rule {
    name: "suppression-unused",
    group: GROUP,
    summary: "a comment suppresses findings that are not there",
    page: include_str!("suppression_unused.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::Safe,
    since: "0.1.0",
    preview: false,
    check: Check::Comments,
};

/// The finding about a comment, or a name in one.
pub(crate) fn finding(path: &str, unused: Unused<'_>) -> Diagnostic {
    let message = message(&unused);
    let mut finding = Diagnostic::new(RULE.name, RULE.severity, path, unused.span, message);
    finding.help(match unused.edits.is_empty() {
        true => "take it out of this comment, and of the one that ends it",
        false => "take it out: it would hide the next one",
    });
    if !unused.edits.is_empty() {
        let title = "take it out".to_owned();
        finding.fix(Fix { title, edits: unused.edits, certainty: Certainty::Stated });
    }
    finding
}

fn message(unused: &Unused<'_>) -> String {
    let names: Vec<String> = unused.names.iter().map(|it| format!("`{it}`")).collect();
    match (unused.is_end, names.is_empty()) {
        (true, _) => "this comment ends what no comment before it began".to_owned(),
        (false, true) => "this comment suppresses nothing".to_owned(),
        (false, false) => format!("no finding of {} is here to suppress", names.join(" or ")),
    }
}

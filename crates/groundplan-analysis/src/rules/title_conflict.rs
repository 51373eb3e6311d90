//! `title-conflict`: two documents of one chain have the names of two features.

use groundplan_model::{Outline, Severity};

use super::{Check, FixKind, Rule};
use crate::{Findings, LinkedContext, mates};

pub(super) static RULE: Rule = Rule {
    name: "title-conflict",
    group: "documents",
    summary: "the titles of two documents of one chain name different features",
    page: include_str!("title_conflict.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Linked(check),
};

/// Words before the colon of a title that tell the kind of a document.
const KINDS: [&str; 17] = [
    "prd",
    "requirements",
    "specification",
    "spec",
    "design",
    "tdd",
    "tid",
    "document",
    "plan",
    "tasks",
    "list",
    "feature",
    "increment",
    "proposal",
    "brd",
    "ftdd",
    "ftid",
];

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    let outline = context.outline;
    let Some(own) = feature(outline).filter(|_| !outline.is_template) else { return };
    let mut ahead = mates::main(context).filter(|it| mates::place(it) < mates::place(outline));
    let Some((first, title)) = ahead.find_map(|it| Some((it, feature(it)?))) else { return };
    if !share_a_word(own, title) {
        let name = mates::name(first, outline);
        findings
            .report(
                outline.heading(),
                format!("the feature is \"{own}\" here and \"{title}\" in `{name}`"),
            )
            .related_in(&first.path, first.heading(), "the other title")
            .help(
                "give both the feature's name, or move one of them to the feature that it is about",
            );
    }
}

/// The name of the feature in a title of the form `Technical Design: Order Export`.
fn feature(outline: &Outline) -> Option<&str> {
    let (kind, name) = outline.title.as_ref()?.text.split_once(": ")?;
    let is_kind = |word: &str| KINDS.contains(&word.to_lowercase().as_str());
    let is_plain = kind.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'));
    (is_plain && kind.split_whitespace().any(is_kind)).then_some(name.trim())
}

/// Whether the beginning of a word of one stands in the other, however the words are joined there:
/// `ConfigManager`, "config manager".
fn share_a_word(one: &str, other: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let stems = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).map(letters);
        let telling = words.filter(|it| it.chars().count() >= 3);
        telling.map(|it| it.chars().take(4).collect()).collect()
    };
    let (first, second) = (stems(one), stems(other));
    let is_short = first.is_empty() || second.is_empty();
    is_short
        || first.iter().any(|it| letters(other).contains(it))
        || second.iter().any(|it| letters(one).contains(it))
}

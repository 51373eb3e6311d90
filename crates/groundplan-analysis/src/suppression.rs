//! Comments of a document that suppress findings, and what they make of its findings.
//!
//! ```text
//! <!-- groundplan-disable-next-line broken-link -- written next week -->
//! <!-- groundplan-disable-line data -->
//! <!-- groundplan-disable broken-link, mojibake --> … <!-- groundplan-enable -->
//! <!-- groundplan-disable-file table-conflict -- the old table on purpose -->
//! ```
//!
//! Names are rules or groups; without one a comment is about all of them. Comments are read from the
//! tree, so what stands in code is an example. The rules about the comments themselves are in
//! `rules/`; what they look at is here.

mod covered;
mod read;
mod unused;

use groundplan_model::{Diagnostic, Document};
use groundplan_syntax::{Edit, Span, parse};
use serde::{Deserialize, Serialize};

use crate::Selection;
use crate::drift::names;
use crate::rules::rule;

pub(crate) use unused::Unused;

/// How every comment begins.
const OPEN: &str = "groundplan-";

/// The group of the rules about comments. A comment without names leaves them alone: it would hide
/// that it is not needed.
pub const GROUP: &str = "suppressions";

/// The comments of one document, in order. Small, and enough without the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppressions {
    comments: Vec<Comment>,
}

/// One comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Comment {
    pub(crate) verb: Verb,
    pub(crate) span: Span,
    /// Rules and groups; empty for all.
    pub(crate) names: Vec<Name>,
    /// What stands after `--`.
    pub(crate) reason: Option<String>,
    /// Where findings have to begin that it is about; `Disable` and `Enable` count from their place.
    covers: Span,
    /// What goes where the comment goes: its whole line where it stands alone.
    removal: Span,
}

/// What a comment does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Verb {
    NextLine,
    Line,
    File,
    Disable,
    Enable,
    /// Nothing: a word that is none of the others.
    Unknown,
}

/// Every verb that means something, as it is written.
pub(crate) const VERBS: [(&str, Verb); 5] = [
    ("disable-next-line", Verb::NextLine),
    ("disable-line", Verb::Line),
    ("disable-file", Verb::File),
    ("disable", Verb::Disable),
    ("enable", Verb::Enable),
];

/// The name of a rule or a group in a comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) span: Span,
}

/// The findings of a document after its comments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Findings that no comment is about.
    pub kept: Vec<Diagnostic>,
    /// Findings that a comment suppresses.
    pub suppressed: Vec<Suppressed>,
    /// Comments that suppress nothing, as findings of `suppression-unused`; none where that rule is
    /// not run.
    pub unused: Vec<Diagnostic>,
}

/// A finding that a comment suppresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    /// The finding.
    pub finding: Diagnostic,
    /// Why, where the comment says so.
    pub reason: Option<String>,
}

impl Suppressions {
    /// The comments of `document`.
    pub fn of(document: &Document) -> Self {
        let source = &document.source;
        // Nearly no document has one, and all are asked.
        let text = source.text();
        let mut places = memchr::memmem::find_iter(text.as_bytes(), OPEN);
        let is_likely = places.any(|at| {
            let rest = text.get(at + OPEN.len()..).unwrap_or("");
            VERBS.iter().any(|(verb, _)| rest.starts_with(verb.split('-').next().unwrap_or(verb)))
        });
        if !is_likely {
            return Self::default();
        }
        Self { comments: read::comments(source, &parse(source)) }
    }

    /// Whether there is no comment.
    pub fn is_empty(&self) -> bool {
        self.comments.is_empty()
    }

    pub(crate) fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// Parts all findings of the document at `path` into those that stay and those that a comment
    /// suppresses. `ran` are the rules that were run: of the others nobody knows whether a comment
    /// about them is needed.
    pub fn apply(&self, path: &str, findings: Vec<Diagnostic>, ran: &Selection) -> Applied {
        if self.is_empty() {
            return Applied { kept: findings, ..Applied::default() };
        }
        let mut applied = Applied::default();
        let mut used = covered::Used::of(&self.comments);
        for finding in findings {
            match covered::by(&self.comments, &finding.rule, finding.span.start) {
                Some((comment, name)) => {
                    used.mark(comment, name);
                    let reason = self.comments.get(comment).and_then(|it| it.reason.clone());
                    applied.suppressed.push(Suppressed { finding, reason });
                }
                None => applied.kept.push(finding),
            }
        }
        applied.unused = self.unused(path, &used, ran);
        applied
    }
}

impl Comment {
    /// The name by which the comment is about the rule `name`; the first where it needs none.
    fn about(&self, name: &str) -> Option<usize> {
        let group = group_of(name);
        if self.names.is_empty() {
            return (group != GROUP).then_some(0);
        }
        self.names.iter().position(|it| it.text == name || it.text == group)
    }

    /// The edit that takes the comment away.
    pub(crate) fn removed(&self) -> Edit {
        Edit::replace(self.removal, "")
    }
}

/// The group of a rule, of a team's own or of a finding of drift.
fn group_of(name: &str) -> &str {
    let is_drift = names::named_as(name).is_some();
    let other = if is_drift { names::GROUP } else { crate::custom::GROUP };
    rule(name).map_or(other, |it| it.group)
}

#[cfg(test)]
mod tests;

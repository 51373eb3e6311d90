//! Small facts: boxes, questions, change-log entries, links, placeholders.

use groundplan_syntax::Span;

use super::Text;

/// The mark in a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Mark {
    /// `[ ]`
    Open,
    /// `[x]` or `[X]`
    Done,
    /// `[~]`, `[?]` and their like.
    Other(char),
}

/// An item with a box.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ChecklistItem {
    /// What the box holds.
    pub mark: Mark,
    /// The box itself, brackets included.
    pub marker: Span,
    /// Its id without a dot at the end: `1.0`, `T012`, `TASK-3`.
    pub id: Option<String>,
    /// The item's text, without its children.
    pub text: Text,
    /// How many lists it is nested in, from 0.
    pub depth: usize,
    /// Whether the whole item is struck out.
    pub struck: bool,
}

/// An open question.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Question {
    /// The question.
    pub text: Text,
    /// Whether an answer stands with it.
    pub answered: bool,
}

/// An entry of the change log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its version.
    pub version: Text,
    /// Its date, as written.
    pub date: Option<Text>,
}

/// A link or an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it points to, as written.
    pub target: String,
    /// The whole link.
    pub span: Span,
}

/// Text that nobody filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// The text.
    pub text: Text,
    /// Whether it may as well be meant as it stands.
    pub certainty: crate::Certainty,
}

//! The header of a document and its status.

use groundplan_syntax::Span;

use super::Text;

/// `**Version**: 4.0`, a row of a two-column table, or a key of the front matter.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct HeaderField {
    /// The key as written, without markup and colon.
    pub key: String,
    /// The value.
    pub value: Text,
    /// Key and value together.
    pub span: Span,
}

/// Where a document stands in its life.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Status {
    /// The state, where the words are known; `None` for an unfilled choice or unknown words.
    pub state: Option<State>,
    /// What follows the words of the state.
    pub detail: Option<String>,
    /// The first date among the words, as `2026-01-31`.
    pub date: Option<String>,
    /// The words of the document.
    pub raw: Text,
}

/// The states that all spellings are mapped to.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub enum State {
    /// Being written.
    Draft,
    /// Planned, not begun.
    Planned,
    /// Being reviewed.
    Review,
    /// Agreed.
    Approved,
    /// Being built.
    InProgress,
    /// Built.
    Implemented,
    /// Replaced by another document, or given up.
    Superseded,
}

impl State {
    /// Every state, in the order of a document's life.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::Planned,
        Self::Review,
        Self::Approved,
        Self::InProgress,
        Self::Implemented,
        Self::Superseded,
    ];

    /// The state's own name: `draft`, `in_progress`, …
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Planned => "planned",
            Self::Review => "review",
            Self::Approved => "approved",
            Self::InProgress => "in_progress",
            Self::Implemented => "implemented",
            Self::Superseded => "superseded",
        }
    }

    /// The state that `words` tell, as the value of a field `Status` is read.
    pub fn of(words: &str) -> Option<Self> {
        crate::lower::state_of(words)
    }

    /// Whether the document claims to be complete: approved or implemented.
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Approved | Self::Implemented)
    }
}

//! The glossary.

use groundplan_syntax::Span;

/// A word and what the document means by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The word.
    pub term: String,
    /// What it means.
    pub meaning: String,
    /// The row or the item that states it.
    pub span: Span,
}

//! What was decided, and against what.

use groundplan_syntax::Span;

/// A decision, or a set of alternatives between which nobody decided yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What it is about: a cell, a heading or the document's title.
    pub area: String,
    /// What was chosen, in the document's words; `None` where that is open.
    pub choice: Option<String>,
    /// What could be chosen, in order.
    pub options: Vec<Choice>,
    /// The row, the heading or the line that states it.
    pub span: Span,
}

/// One option of a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its name.
    pub name: String,
    /// Whether it was chosen or rejected; `None` where the document does not say.
    pub chosen: Option<bool>,
}

//! Fenced blocks, whatever they hold.

use groundplan_syntax::Span;

/// A fenced block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeBlock {
    /// What stands behind the opening fence: `python`, `sql title=…`.
    pub info: Span,
    /// What stands between the fences.
    pub content: Span,
}

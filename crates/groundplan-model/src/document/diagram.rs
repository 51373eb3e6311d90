//! Diagrams.

use groundplan_syntax::Span;

/// A drawing in text, and what it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagram {
    /// How it is drawn: `mermaid`, `boxes`, `tree` or `arrows`.
    pub form: &'static str,
    /// Names of its nodes in order, each once.
    pub nodes: Vec<String>,
    /// The block of code, or the line.
    pub span: Span,
}

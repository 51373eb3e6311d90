//! Documents that are named in text.

use groundplan_syntax::Span;

/// The name of a Markdown file in running text, where no link is.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Mention {
    /// The name or the path, as written.
    pub target: String,
    /// Where it stands.
    pub span: Span,
}

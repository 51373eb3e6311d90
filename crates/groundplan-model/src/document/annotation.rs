//! What an author says about the service itself: which table a path means, and rule blocks.

use groundplan_syntax::Span;

use super::Text;

/// `<!-- table: orders -->` above endpoints, or `-- resource: features` above a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Annotation {
    /// The endpoints that follow in the section work on this table.
    Table(Text),
    /// The next table is what paths call by this word.
    Resource(Text),
    /// The column or table of this line, or the next one, had this name before.
    RenamedFrom(Text),
}

impl Annotation {
    /// The name that it gives.
    pub fn text(&self) -> &Text {
        match self {
            Self::Table(text) | Self::Resource(text) | Self::RenamedFrom(text) => text,
        }
    }
}

/// A fenced block ```` ```rule POST /orders/{id}/refund ````.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleBlock {
    /// Method and path, as written behind the word `rule`.
    pub endpoint: Text,
    /// The block's text.
    pub body: Span,
}

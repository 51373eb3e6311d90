//! How long data is kept.

use groundplan_syntax::Span;

/// How long one kind of data is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Which data.
    pub data: String,
    /// How long, as written.
    pub period: String,
    /// How many days that is: a month counts 30, a year 365; `None` for words and for hours that
    /// make no whole day.
    pub days: Option<u32>,
    /// The row, the item or the sentence that states it.
    pub span: Span,
}

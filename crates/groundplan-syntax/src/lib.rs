//! What is written: text in, tree out.
//!
//! [`Source`] holds a document's text and finds lines, [`parse`] turns it into a [`Tree`] of
//! CommonMark and GFM nodes with byte spans, [`Edit`]s change only the bytes that they name,
//! and [`merge`] brings two changes of one text together.
//! Nothing here knows what a requirement or an endpoint is.

mod edit;
mod fences;
mod front_matter;
mod lines;
mod merge;
mod parse;
mod source;
mod span;
mod table;
mod tree;

pub use edit::{Edit, EditConflict, apply};
pub use merge::{Labels, Merged, merge};
pub use parse::parse;
pub use source::{LineColumn, Source};
pub use span::Span;
pub use table::{Row, TableView};
pub use tree::{Kind, Node, NodeId, Problem, ProblemKind, Tree};

//! What the fuzz targets hold documents to: one file a phase.

mod facts;
mod findings;
mod places;
mod service;
mod tree;

pub use facts::facts_hold;
pub use findings::{check, findings_hold};
pub use places::lies_in;
pub use service::plan_holds;
pub use tree::{positions_hold, tree_holds};

use groundplan_model::{Document, lower};
use groundplan_syntax::{Source, parse};

/// The path of every fuzzed document.
pub const PATH: &str = "docs/a.md";

/// Bytes to facts.
pub fn document(bytes: &[u8]) -> Document {
    let source = Source::from_bytes(PATH, bytes);
    lower(&source, &parse(&source))
}

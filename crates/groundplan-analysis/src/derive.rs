//! Documents derived from documents. What a design states is carried over with a link to its
//! section; what it leaves open becomes a question in the place of the answer.

mod code;
mod design;
mod layout;
mod naming;
mod page;
mod tid;

pub use tid::tid;

use groundplan_model::provenance::SourceRef;

/// What a derivation has to know besides the documents.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// Where the derived document will lie, written as the workspace's own paths are.
    pub path: &'a str,
    /// Today, as `2026-01-31`.
    pub date: &'a str,
    /// Who writes it, where that is known.
    pub author: Option<&'a str>,
}

/// A document made from others.
#[derive(Clone, Debug)]
pub struct Derived {
    /// Its Markdown, without a provenance block.
    pub text: String,
    /// The documents it rests on, each with the sections that it cites.
    pub sources: Vec<SourceRef>,
}

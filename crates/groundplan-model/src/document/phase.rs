//! Phases of the work.

use groundplan_syntax::Span;

use super::Text;

/// A numbered phase, stage or milestone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    /// Its number and name, without ticket and points: `Phase 1: Storage`.
    pub title: String,
    /// The ticket that stands with it: `ORD-12`, `#34`.
    pub ticket: Option<String>,
    /// Its story points.
    pub points: Option<u32>,
    /// The files that it lists.
    pub files: Vec<Text>,
    /// The heading, the line or the row that states it.
    pub span: Span,
}

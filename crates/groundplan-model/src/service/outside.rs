//! Other services that the document names, with what it says of calls to them (rule D12).

use groundplan_syntax::Span;

use super::Evidence;

/// Another service, as calls to it are to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// What rules and settings call it: `catalog`.
    pub name: String,
    /// What the document calls it: `Outside Catalog`.
    pub title: String,
    /// Where the document says that it is. Nothing is called there unless an operator says so, too.
    pub base_url: Option<String>,
    /// How many calls it takes.
    pub limit: Option<CallLimit>,
    /// How long one attempt may take.
    pub timeout_ms: u32,
    /// How often a call that failed is repeated.
    pub retries: u32,
    /// The longest pause before the first repetition; each next one may be twice as long.
    pub backoff_ms: u32,
    /// When it is left alone for a while.
    pub breaker: Breaker,
    /// What happens while it is down, in the document's words.
    pub fallback: Option<String>,
    /// The row or the item that names it.
    pub span: Span,
    /// What was concluded from what.
    pub evidence: Vec<Evidence>,
}

/// At most `count` calls in `window_s` seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallLimit {
    /// How many calls.
    pub count: u32,
    /// In how many seconds.
    pub window_s: u32,
}

/// A circuit breaker: so many failures one after the other, and nothing is called for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Breaker {
    /// How many failures.
    pub failures: u32,
    /// For how long.
    pub open_ms: u32,
}

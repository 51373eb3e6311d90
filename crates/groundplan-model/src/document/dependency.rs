//! What the service or the work needs from others.

use groundplan_syntax::Span;

/// A service, a library or a piece of work that this one needs. Cells are kept as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dependency {
    /// Its name.
    pub name: String,
    /// Its type: `REST API`, `Hard`, `external`.
    pub kind: Option<String>,
    /// The availability that it promises.
    pub sla: Option<String>,
    /// What happens while it is down.
    pub fallback: Option<String>,
    /// How long a call may take.
    pub timeout: Option<String>,
    /// How often a call is repeated.
    pub retries: Option<String>,
    /// Where it is.
    pub url: Option<String>,
    /// How many calls it takes.
    pub limit: Option<String>,
    /// When it is left alone for a while.
    pub breaker: Option<String>,
    /// The row or the item that states it.
    pub span: Span,
}

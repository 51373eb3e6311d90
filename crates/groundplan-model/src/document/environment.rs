//! Where the service runs.

use groundplan_syntax::Span;

/// A place to run in: development, staging, production.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// Its name as written first.
    pub name: String,
    /// Where it is named first.
    pub span: Span,
}

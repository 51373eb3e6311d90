//! Risks.

use groundplan_syntax::Span;

/// What may go wrong with the work or the service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Risk {
    /// The risk.
    pub text: String,
    /// How bad it is, as written.
    pub impact: Option<String>,
    /// How likely it is, as written.
    pub probability: Option<String>,
    /// What is done about it.
    pub mitigation: Option<String>,
    /// The row, the item or the heading that states it.
    pub span: Span,
}

//! Threats to the service's security.

use groundplan_syntax::Span;

/// An attack or a weakness, and what is done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Threat {
    /// Its name: `Spoofing`, `SQL Injection`.
    pub name: String,
    /// What is done about it.
    pub mitigation: Option<String>,
    /// The row or the item that states it.
    pub span: Span,
}

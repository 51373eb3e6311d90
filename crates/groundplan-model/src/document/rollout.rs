//! How a change reaches its users, and how it is taken back.

use groundplan_syntax::Span;

use super::Text;

/// One step of the rollout, the deployment or the migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RolloutStep {
    /// What is done.
    pub text: String,
    /// The phase that it belongs to.
    pub phase: Option<String>,
    /// The item that states it.
    pub span: Span,
}

/// How the change is taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rollback {
    /// When it is taken back.
    pub trigger: Option<Text>,
    /// How long that takes.
    pub time: Option<Text>,
    /// What is done, in order.
    pub steps: Vec<Text>,
    /// The first place that speaks of it.
    pub span: Span,
}

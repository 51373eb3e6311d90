//! What the service enforces beyond its schema, as the document's text says it.

use groundplan_syntax::Span;

use super::Text;
use crate::Certainty;

/// One rule with the sentence that states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// What is enforced.
    pub kind: PolicyKind,
    /// The sentence.
    pub text: Text,
}

/// What is enforced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyKind {
    /// Requests carry a bearer JWT.
    BearerToken,
    /// Callers see and change their own rows only.
    OwnRows,
    /// At most `count` requests in `window_s` seconds, for each caller.
    RateLimit {
        /// How many requests.
        count: u32,
        /// In how many seconds.
        window_s: u32,
    },
    /// At most `count` rows of `resource` for each owner.
    Quota {
        /// How many rows.
        count: u32,
        /// The noun, as written: `datasets`.
        resource: String,
        /// States that count, where the text names some: "active" has none, "queued or running" two.
        states: Vec<String>,
    },
}

/// "Only queued exports can be cancelled", or a row of a table of transitions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// The states it starts from, lower case.
    pub from: Vec<String>,
    /// The action as the path says it, where stated: `cancel`.
    pub action: Option<String>,
    /// The state that it leads to.
    pub to: String,
    /// Where it is stated.
    pub span: Span,
    /// How sure the reading is: stated by a row, inferred from a sentence.
    pub certainty: Certainty,
}

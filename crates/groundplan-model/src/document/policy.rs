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
    /// Requests carry a key in the header of this name.
    ApiKey {
        /// As written, or `X-API-Key`.
        header: String,
    },
    /// Something is for some callers only.
    Grant(Grant),
    /// Something needs no proof of who calls.
    Public {
        /// What, in lower case: `get /products`.
        action: String,
    },
    /// Callers with one of these roles see rows of every owner.
    SeesAll {
        /// The roles, in lower case.
        roles: Vec<String>,
    },
    /// Callers see rows of their own tenant only.
    OwnTenant,
    /// Tokens must have this value in a claim.
    Claim {
        /// `aud` or `iss`.
        name: &'static str,
        /// The value, as written.
        value: String,
    },
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
    /// How many rows a page of a list has.
    PageSize {
        /// Where the request does not say.
        default: Option<u32>,
        /// At most.
        max: Option<u32>,
    },
    /// Answers are kept for a while.
    Cached {
        /// Under which key: `feature:{id}`; `None` for a sentence that only tells the time.
        key: Option<String>,
        /// For how many seconds, where the sentence tells it.
        ttl_s: Option<u32>,
    },
    /// Every write is recorded: who, what, when.
    AuditLog {
        /// For how many days records are kept, where the sentence tells it.
        days: Option<u32>,
    },
    /// Answers carry a header, or requests may carry it.
    Promised {
        /// Which one.
        header: PromisedHeader,
        /// Index of the endpoint whose section says so; `None` for a sentence about several.
        endpoint: Option<usize>,
    },
}

/// Some of what the service does is for some callers only: "only admins may delete products".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// What they may do, in lower case: `delete products`, `post /orders/{id}/refund`.
    pub action: String,
    /// Roles that may do it to every row that they see.
    pub roles: Vec<String>,
    /// Roles that may do it to their own rows; `owner` for every caller.
    pub own: Vec<String>,
}

impl Grant {
    /// Who may, in words: `admin, editor (own rows)`.
    pub fn callers(&self) -> String {
        let own = self.own.iter().map(|role| format!("{role} (own rows)"));
        self.roles.iter().cloned().chain(own).collect::<Vec<_>>().join(", ")
    }
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

/// A header on which clients build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromisedHeader {
    /// Tells two states of a row apart (RFC 9110, 8.8.3).
    ETag,
    /// Makes a write and its repetitions one write.
    IdempotencyKey,
    /// Says whether an answer is a copy.
    XCache,
}

impl PromisedHeader {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::ETag, Self::IdempotencyKey, Self::XCache];

    /// As documents write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::ETag => "ETag",
            Self::IdempotencyKey => "Idempotency-Key",
            Self::XCache => "X-Cache",
        }
    }
}

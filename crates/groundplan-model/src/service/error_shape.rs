//! The form of error bodies: the document's own, or RFC 9457.

/// How an error body is built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorShape {
    /// `application/problem+json` (RFC 9457), where the document shows no body.
    Problem,
    /// The document's own members, `application/json`.
    Documented(Vec<(String, Slot)>),
}

/// What stands for a member of a documented error body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot {
    /// A sentence for people.
    Message,
    /// A word for programs, such as `validation_failed`.
    Code,
    /// The HTTP status as a number.
    Status,
    /// Seconds to wait; only in bodies of answers that have one.
    RetryAfter,
    /// One entry a fault: `[{"field", "message"}]`; only where there are faults.
    Faults,
    /// Members one level down.
    Object(Vec<(String, Slot)>),
}

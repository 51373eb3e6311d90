//! How a case ends.

use groundplan_syntax::Span;

/// How a case ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Every answer was as it must be.
    Passed,
    /// One was not.
    Failed(Box<Failure>),
    /// The request of interest was not made, or says nothing.
    NotProvoked(String),
    /// Something is missing for it.
    Skipped(String),
}

/// An answer that was not as it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    /// What was requested and what came: ``POST /api/v1/exports answered 200``.
    pub(super) observed: String,
    /// What should have come: `the document says 201`.
    pub(super) expected: String,
    /// The request as a command.
    pub(super) request: String,
    /// The place that says so, beside the case's own.
    pub(super) place: Option<(Span, String)>,
    /// The row to blame, if that is not the case's own.
    pub(super) row: Option<usize>,
    /// Whether a row was answered and then not found.
    pub(super) lost: bool,
}

/// In what an answer differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mismatch {
    /// Read after `METHOD path`: `answered 200`.
    pub(super) observed: String,
    /// Read after a comma: `the document says 201`.
    pub(super) expected: String,
    pub(super) place: Option<(Span, String)>,
    pub(super) lost: bool,
}

impl Mismatch {
    pub(super) fn new(observed: impl Into<String>, expected: impl Into<String>) -> Self {
        let (observed, expected) = (observed.into(), expected.into());
        Self { observed, expected, place: None, lost: false }
    }

    /// Names the place that asks for it.
    pub(super) fn at(self, span: Span, says: impl Into<String>) -> Self {
        Self { place: Some((span, says.into())), ..self }
    }
}

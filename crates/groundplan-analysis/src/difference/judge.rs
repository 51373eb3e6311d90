//! Who is hurt by a difference: one function a kind of fact. Which are breaking, and why, is a table
//! of `docs/diff.md`.

pub(super) mod api;
pub(super) mod bounds;
pub(super) mod data;

use super::compare::Pair;
use super::{Judgement, Verb, Verdict};

pub(super) fn neutral(reason: impl Into<String>) -> Judgement {
    Judgement { verdict: Verdict::Neutral, reason: reason.into(), direction: None }
}

pub(super) fn compatible(reason: impl Into<String>) -> Judgement {
    Judgement { verdict: Verdict::Compatible, reason: reason.into(), direction: None }
}

pub(super) fn breaking(reason: impl Into<String>) -> Judgement {
    Judgement { verdict: Verdict::Breaking, reason: reason.into(), direction: None }
}

/// What nobody outside depends on.
pub(super) fn inside(_: &Pair<'_, '_>) -> Judgement {
    neutral("no client and no stored row depends on it")
}

pub(super) fn example(pair: &Pair<'_, '_>) -> Judgement {
    neutral(match pair.verb() {
        Verb::Removed => "no example shows its fields any more, so that nothing compares them",
        _ => "its fields are shown for the first time, so that nothing compares them",
    })
}

pub(super) fn requirement(pair: &Pair<'_, '_>) -> Judgement {
    neutral(match pair.verb() {
        Verb::Added => "the design, its tasks and its tests have to cover it",
        Verb::Removed => "what was made for it may go",
        _ => "what was made for the old words has to be read again",
    })
}

pub(super) fn setting(pair: &Pair<'_, '_>) -> Judgement {
    neutral(match pair.verb() {
        Verb::Removed => "deployments may leave it out",
        _ => "deployments may have to set it",
    })
}

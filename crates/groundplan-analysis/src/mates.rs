//! What rules ask of the documents of one chain.

use groundplan_model::Outline;
use groundplan_model::chain::Stage;
use groundplan_model::document::State;

use crate::{LinkedContext, paths};

/// The other documents of the chain, from what is wanted to the tasks, templates left out.
pub(crate) fn all<'a>(context: &LinkedContext<'a>) -> impl Iterator<Item = &'a Outline> {
    context.linked.chain_mates(context.outline).filter(|it| !it.is_template)
}

/// As [`all`], without what goes along with the feature: reviews, notes, data models.
pub(crate) fn main<'a>(context: &LinkedContext<'a>) -> impl Iterator<Item = &'a Outline> {
    all(context).filter(|it| it.stage() != Stage::Supporting)
}

/// The place of a document in its chain, for comparison.
pub(crate) fn place(outline: &Outline) -> (Stage, &str) {
    (outline.stage(), &outline.path)
}

/// The name of a document's file, or with its folder where the file has the name of `other`.
pub(crate) fn name<'a>(outline: &'a Outline, other: &Outline) -> &'a str {
    let name = paths::file_name(&outline.path);
    if name == paths::file_name(&other.path) { &outline.path } else { name }
}

/// The state that the header states.
pub(crate) fn state(outline: &Outline) -> Option<State> {
    outline.status.as_ref().and_then(|it| it.state)
}

/// Whether the document is still being written or waits for an agreement.
pub(crate) fn is_unsettled(outline: &Outline) -> bool {
    matches!(state(outline), Some(State::Draft | State::Review | State::Planned))
}

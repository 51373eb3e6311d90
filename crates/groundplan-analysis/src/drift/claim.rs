//! What a document says of itself: is it built, agreed, or planned?

use groundplan_model::chain::Stage;
use groundplan_model::document::{Mark, State};
use groundplan_model::{Linked, Outline};

use super::Side;

/// How far a document says that things are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// Not there yet, or nothing is said.
    Planned,
    /// Approved, and no list of tasks says that somebody is still at it.
    Agreed,
    /// Implemented, or all tasks are done.
    Built,
}

impl Claim {
    /// The claim in a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Agreed => "approved",
            Self::Built => "implemented",
        }
    }
}

/// The documents that count.
pub(super) fn sides<'a>(linked: &'a Linked<'_>) -> Vec<Side<'a>> {
    let outlines = linked.outlines.iter();
    let counts = |it: &&Outline| !it.is_template && state(it) != Some(State::Superseded);
    let side = |outline| Side { outline, claim: claim(linked, outline) };
    outlines.filter(counts).map(side).collect()
}

fn state(outline: &Outline) -> Option<State> {
    outline.status.as_ref().and_then(|status| status.state)
}

fn claim(linked: &Linked<'_>, outline: &Outline) -> Claim {
    let lists = linked.chain_mates(outline).chain([outline]);
    let lists = lists.filter(|it| it.stage() == Stage::Tasks);
    let boxes = lists.flat_map(|it| &it.tasks).filter(|it| !it.struck);
    let (mut all, mut done) = (0, 0);
    for item in boxes {
        all += 1;
        done += usize::from(item.mark == Mark::Done);
    }
    match state(outline) {
        Some(State::Implemented) => Claim::Built,
        _ if all > 0 && done == all => Claim::Built,
        Some(State::Approved) if all == 0 => Claim::Agreed,
        _ => Claim::Planned,
    }
}

//! A base path that one side has and the other has not, or has another of.

use std::collections::{HashMap, HashSet};

use super::stated::{Segments, Stated};
use super::surface::Surface;
use crate::endpoints::is_base;

/// What stands before the paths of a document, and what the code has in its place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Shift {
    pub(super) from: Segments,
    pub(super) to: Segments,
}

impl Shift {
    /// A path of the document as the code has it.
    pub(super) fn apply(&self, segments: &[String]) -> Option<Segments> {
        let rest = segments.strip_prefix(self.from.as_slice())?;
        Some(self.to.iter().chain(rest).cloned().collect())
    }

    /// Whether only `api`, a version and their like differ.
    pub(super) fn is_base(&self) -> bool {
        self.from.iter().chain(&self.to).all(|it| is_base(it))
    }

    /// The shift by which more of a document's endpoints are found than without one; at least half
    /// of them, so that a few paths that end alike prove nothing.
    pub(super) fn best(
        stated: &[Stated<'_>],
        surface: &Surface<'_>,
        without: usize,
    ) -> Option<Self> {
        let mut votes: HashMap<Self, usize> = HashMap::new();
        for it in stated {
            let own: HashSet<Self> = candidates(it, surface).collect();
            own.into_iter().for_each(|it| *votes.entry(it).or_default() += 1);
        }
        let mut votes: Vec<(Self, usize)> = votes.into_iter().collect();
        votes.sort_by(|(one, count), (other, more)| more.cmp(count).then(one.cmp(other)));
        let (shift, count) = votes.into_iter().next()?;
        let least = if shift.is_base() { 1 } else { 2 };
        let counts = count > without && count * 2 >= stated.len() && count >= least;
        counts.then_some(shift)
    }
}

/// How the path of an endpoint may become that of a route about the same thing.
fn candidates<'a>(
    stated: &'a Stated<'_>,
    surface: &'a Surface<'_>,
) -> impl Iterator<Item = Shift> + 'a {
    let alike = surface.named(&stated.segments);
    let alike = alike.filter(|(_, it)| it.answers(stated.endpoint.method));
    alike.filter_map(|(_, served)| between(&stated.segments, &served.segments))
}

/// What stands before the longest end that both have, where a name is in it.
fn between(one: &[String], other: &[String]) -> Option<Shift> {
    let ends = one.iter().rev().zip(other.iter().rev());
    let same = ends.take_while(|(one, other)| one == other).count();
    let (from, rest) = one.split_at(one.len() - same);
    let (to, _) = other.split_at(other.len() - same);
    let differs = !(from.is_empty() && to.is_empty());
    let names = rest.iter().any(|it| !is_base(it));
    (differs && names).then(|| Shift { from: from.to_vec(), to: to.to_vec() })
}

//! Facts of two revisions, side by side.

use std::collections::{HashMap, HashSet};

use super::Verb;
use super::facts::{Fact, FactKind};

/// A fact that differs: as it was, as it is.
pub(super) struct Pair<'f, 'd> {
    pub(super) was: Option<&'f Fact<'d>>,
    pub(super) now: Option<&'f Fact<'d>>,
}

impl Pair<'_, '_> {
    pub(super) fn verb(&self) -> Verb {
        match (self.was, self.now) {
            (None, _) => Verb::Added,
            (_, None) => Verb::Removed,
            _ => Verb::Changed,
        }
    }
}

/// Facts that came, went or changed, in the order of the new document; what went comes last.
pub(super) fn pairs<'f, 'd>(
    kind: &FactKind,
    old: &'f [Fact<'d>],
    new: &'f [Fact<'d>],
) -> Vec<Pair<'f, 'd>> {
    let by_id = |facts: &'f [Fact<'d>]| -> HashMap<&'f str, &'f Fact<'d>> {
        facts.iter().map(|it| (it.id.as_str(), it)).collect()
    };
    let (known, current) = (by_id(old), by_id(new));
    let mut gone: Vec<&Fact<'d>> =
        old.iter().filter(|it| !current.contains_key(it.id.as_str())).collect();
    let mut found = Vec::new();
    for now in new {
        match known.get(now.id.as_str()).copied() {
            Some(was) if was.value == now.value => {}
            Some(was) => found.push(Pair { was: Some(was), now: Some(now) }),
            None => {
                let became = kind.became.and_then(|is| gone.iter().position(|was| is(was, now)));
                let was = became.map(|at| gone.remove(at));
                found.push(Pair { was, now: Some(now) });
            }
        }
    }
    found.extend(gone.into_iter().map(|was| Pair { was: Some(was), now: None }));
    found
}

/// Facts that came or went as a whole, so that their parts need no telling.
#[derive(Default)]
pub(super) struct Whole {
    ids: HashSet<(&'static str, String)>,
}

impl Whole {
    /// Takes what came, went, or got another name.
    pub(super) fn add(&mut self, noun: &'static str, pairs: &[Pair<'_, '_>]) {
        let renamed = |it: &&Pair<'_, '_>| it.was.map(|it| &it.id) != it.now.map(|it| &it.id);
        for pair in pairs.iter().filter(renamed) {
            let facts = pair.was.into_iter().chain(pair.now);
            self.ids.extend(facts.map(|it| (noun, it.id.clone())));
        }
    }

    /// Whether what differs is a part of something that came or went.
    pub(super) fn holds(&self, pair: &Pair<'_, '_>) -> bool {
        let mut facts = pair.was.into_iter().chain(pair.now);
        facts.any(|it| it.parents.iter().any(|parent| self.ids.contains(parent)))
    }
}

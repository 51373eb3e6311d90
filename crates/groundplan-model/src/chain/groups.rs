//! Which documents were put together, and why.

use std::collections::BTreeMap;

use super::Evidence;

/// Disjoint groups of the numbers from 0 to a count.
pub(super) struct Groups {
    parents: Vec<usize>,
    evidence: Vec<Option<Evidence>>,
}

impl Groups {
    /// Every number in a group of its own.
    pub(super) fn new(count: usize) -> Self {
        Self { parents: (0..count).collect(), evidence: vec![None; count] }
    }

    /// The least number of the group.
    pub(super) fn root(&self, mut at: usize) -> usize {
        while let Some(&parent) = self.parents.get(at).filter(|parent| **parent != at) {
            at = parent;
        }
        at
    }

    /// Puts two groups together.
    pub(super) fn join(&mut self, one: usize, other: usize, evidence: Evidence) {
        for at in [one, other] {
            if let Some(known) = self.evidence.get_mut(at) {
                *known = Some(known.map_or(evidence, |it| it.min(evidence)));
            }
        }
        let (one, other) = (self.root(one), self.root(other));
        if let Some(parent) = self.parents.get_mut(one.max(other)) {
            *parent = one.min(other);
        }
    }

    /// Why a document was put to others.
    pub(super) fn evidence(&self, at: usize) -> Option<Evidence> {
        self.evidence.get(at).copied().flatten()
    }

    /// The members of the group of `at`.
    pub(super) fn members(&self, at: usize) -> Vec<usize> {
        let root = self.root(at);
        (0..self.parents.len()).filter(|it| self.root(*it) == root).collect()
    }

    /// Every group.
    pub(super) fn all(&self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..self.parents.len() {
            groups.entry(self.root(at)).or_default().push(at);
        }
        groups.into_values().collect()
    }
}

//! The matrix: of everything that is wanted, what answers it at each level.

use groundplan_model::Certainty;
use groundplan_model::policy::Level;

use super::{EdgeKind, Stale, Trace};

/// How many steps lead from a requirement to its code at most: section, endpoint, route.
const DEPTH: usize = 8;

/// A row of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The index of what is wanted.
    pub item: usize,
    /// What answers it, by level, file and line.
    pub cells: Vec<Cell>,
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The index of what answers.
    pub item: usize,
    /// Its level.
    pub level: Level,
    /// How sure the weakest step on the way is.
    pub certainty: Certainty,
    /// The first reason on the way why it no longer holds.
    pub stale: Option<Stale>,
}

impl Cell {
    /// Whether it covers: what is guessed does not, nor does code that knows another revision. A
    /// document that was made before a section changed does: it may have been only a comma.
    pub fn covers(&self) -> bool {
        let is_outdated = matches!(self.stale, Some(Stale::Revision { .. }));
        self.certainty > Certainty::Guessed && !is_outdated
    }

    fn worth(&self) -> (bool, Certainty, bool) {
        (self.covers(), self.certainty, self.stale.is_none())
    }
}

impl Row {
    /// The cells of a level.
    pub fn at(&self, level: Level) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(move |it| it.level == level)
    }

    /// Whether something covers it at a level.
    pub fn is_covered_at(&self, level: Level) -> bool {
        self.at(level).any(Cell::covers)
    }
}

impl Trace {
    /// What answers an item, directly and through what answers it. Its parts are left aside.
    pub fn row(&self, item: usize) -> Row {
        let mut found: Vec<Cell> = Vec::new();
        let mut open = vec![(item, Certainty::Stated, None, 0)];
        let mut passed: Vec<(usize, Certainty)> = Vec::new();
        while let Some((at, certainty, stale, depth)) = open.pop() {
            if depth > DEPTH || passed.iter().any(|it| it.0 == at && it.1 >= certainty) {
                continue;
            }
            passed.push((at, certainty));
            for edge in self.below(at).filter(|it| it.kind != EdgeKind::PartOf) {
                let certainty = certainty.min(edge.certainty);
                let stale: Option<Stale> = stale.clone().or_else(|| edge.stale.clone());
                if let Some(level) = self.items.get(edge.from).and_then(|it| it.level) {
                    let stale = stale.clone();
                    keep(&mut found, Cell { item: edge.from, level, certainty, stale });
                }
                open.push((edge.from, certainty, stale, depth + 1));
            }
        }
        let place = |it: &Cell| self.items.get(it.item).map(|it| it.at.clone());
        found.sort_by_cached_key(|it| (it.level, place(it)));
        Row { item, cells: found }
    }
}

/// Adds a cell, or what is better about a known one.
fn keep(found: &mut Vec<Cell>, cell: Cell) {
    match found.iter_mut().find(|it| it.item == cell.item) {
        Some(known) if known.worth() < cell.worth() => *known = cell,
        Some(_) => {}
        None => found.push(cell),
    }
}

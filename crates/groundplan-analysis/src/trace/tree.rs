//! The way up and down from one item.

use super::{Edge, Trace};

/// How deep a tree goes; longer ways are circles of documents that cite one another.
const DEPTH: usize = 12;

/// Which way a tree goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To what the item answers.
    Up,
    /// To what answers the item.
    Down,
}

/// A step of a tree.
#[derive(Clone, Debug)]
pub struct Step<'a> {
    /// The edge that was taken.
    pub edge: &'a Edge,
    /// The item that it leads to.
    pub item: usize,
    /// The steps from there.
    pub steps: Vec<Step<'a>>,
}

impl Trace {
    /// All ways from an item, without those that lead back into themselves.
    pub fn tree(&self, item: usize, direction: Direction) -> Vec<Step<'_>> {
        self.steps(item, direction, &mut vec![item])
    }

    fn steps(&self, item: usize, direction: Direction, way: &mut Vec<usize>) -> Vec<Step<'_>> {
        if way.len() > DEPTH {
            return Vec::new();
        }
        let mut edges: Vec<&Edge> = match direction {
            Direction::Up => self.above(item).collect(),
            Direction::Down => self.below(item).collect(),
        };
        let end = |edge: &Edge| if direction == Direction::Up { edge.to } else { edge.from };
        edges.retain(|it| !way.contains(&end(it)));
        let rank = |index: usize| self.items.get(index).map(|it| (it.level, it.at.clone()));
        edges.sort_by_cached_key(|it| rank(end(it)));
        let mut steps = Vec::with_capacity(edges.len());
        for edge in edges {
            way.push(end(edge));
            let below = self.steps(end(edge), direction, way);
            way.pop();
            steps.push(Step { edge, item: end(edge), steps: below });
        }
        steps
    }
}

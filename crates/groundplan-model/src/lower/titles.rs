//! The titles of all sections as one text. Few documents have a title that a reader asks for, and a
//! look at each of them for each word took longer than what the reader does then.

#[cfg(test)]
mod tests;

use super::prose;
use super::scan::Words;

/// Titles in lower case, each with the end of a line.
#[derive(Default)]
pub(super) struct Titles {
    text: String,
    /// Where each begins.
    starts: Vec<usize>,
}

impl Titles {
    /// Adds the next one, and gives it in lower case.
    pub(super) fn add(&mut self, title: &str) -> &str {
        let start = self.text.len();
        self.starts.push(start);
        prose::push_lower_case(&mut self.text, title);
        self.text.push('\n');
        self.text.get(start..self.text.len() - 1).unwrap_or("")
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// That of the section at `at`.
    pub(super) fn get(&self, at: usize) -> Option<&str> {
        let next = self.starts.get(at + 1).copied().unwrap_or(self.text.len());
        self.text.get(*self.starts.get(at)?..next - 1)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|at| self.get(at))
    }

    /// The sections whose titles hold one of `parts`, by their places, in order.
    pub(super) fn with(&self, parts: &Words) -> Vec<usize> {
        let places = parts.find(&self.text).map(|(_, it)| it.range().start);
        let after = places.map(|at| self.starts.partition_point(|start| *start <= at));
        let mut found: Vec<usize> = after.filter_map(|it| it.checked_sub(1)).collect();
        found.dedup();
        found
    }
}

//! The titles of all sections as one text. Few documents have a title that a reader asks for, and a
//! look at each of them for each word took longer than what the reader does then.

#[cfg(test)]
mod tests;

use super::scan::Words;

/// Titles in lower case, one behind the other.
#[derive(Default)]
pub(super) struct Titles {
    text: String,
    /// Where each begins.
    starts: Vec<usize>,
}

impl Titles {
    pub(super) fn of(titles: &[String]) -> Self {
        let mut all = Self::default();
        for title in titles {
            all.starts.push(all.text.len());
            all.text.push_str(title);
            all.text.push('\n');
        }
        all
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

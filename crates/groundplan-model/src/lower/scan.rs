//! Where bytes and words stand in a text, many bytes a step. Most of a document holds nothing of what
//! a reader looks for, and a step a byte for each of the readers took longer than parsing it.

#[cfg(test)]
mod tests;

use aho_corasick::{AhoCorasick, Match, packed};

/// Bytes that are compared at once.
const STEP: usize = 32;

/// Every place at which a byte of `first` is followed by one of `second`, in order. Both must do
/// without branches, so that wide steps can be made of them: `|` of comparisons, no `matches!` of
/// several bytes that are no range.
pub(super) fn pairs(
    text: &str,
    first: impl Fn(u8) -> bool,
    second: impl Fn(u8) -> bool,
) -> Vec<usize> {
    let bytes = text.as_bytes();
    let (chunks, _) = bytes.as_chunks::<STEP>();
    let (next, _) = bytes.get(1..).unwrap_or_default().as_chunks::<STEP>();
    let mut found = Vec::new();
    let mut done = 0;
    let mut within = |from: usize, to: usize| {
        let pair = bytes.get(from..to).unwrap_or_default().windows(2).enumerate();
        let hits = pair.filter(|(_, it)| matches!(it, [a, b] if first(*a) && second(*b)));
        found.extend(hits.map(|(at, _)| from + at));
    };
    for (ones, others) in chunks.iter().zip(next) {
        // Without a branch a byte, the compiler makes a few wide steps of it.
        let any = ones.iter().zip(others).fold(false, |any, (a, b)| any | first(*a) & second(*b));
        if any {
            within(done, done + STEP + 1);
        }
        done += STEP;
    }
    within(done, bytes.len());
    found
}

/// Whether any byte of `text` is one of `wanted`.
pub(super) fn any(text: &str, wanted: impl Fn(u8) -> bool) -> bool {
    let (chunks, rest) = text.as_bytes().as_chunks::<STEP>();
    let holds = |bytes: &[u8]| bytes.iter().fold(false, |any, byte| any | wanted(*byte));
    chunks.iter().any(|chunk| holds(chunk)) || holds(rest)
}

/// A few words of one spelling each, none of which is a part of another.
pub(super) struct Words {
    /// Looks at many bytes at once; not every processor can.
    packed: Option<packed::Searcher>,
    automaton: Option<AhoCorasick>,
}

impl Words {
    pub(super) fn new(words: &[&str]) -> Self {
        Self { packed: packed::Searcher::new(words), automaton: AhoCorasick::new(words).ok() }
    }

    /// Every place of one of them, in order.
    pub(super) fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Match> + 'a {
        let packed = self.packed.iter().flat_map(move |it| it.find_iter(text));
        let slow = self.automaton.as_ref().filter(|_| self.packed.is_none());
        packed.chain(slow.into_iter().flat_map(move |it| it.find_iter(text)))
    }
}

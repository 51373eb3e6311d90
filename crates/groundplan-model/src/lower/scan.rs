//! Where bytes and words stand in a text, many bytes a step. Most of a document holds nothing of what
//! a reader looks for, and a step a byte for each of the readers took longer than parsing it.

#[cfg(test)]
mod tests;

use aho_corasick::{AhoCorasick, Match, packed};

/// Bytes that are compared at once.
const STEP: usize = 16;

/// Bytes of which most have nothing: of the steps in them one is taken at a time where one has.
const STRIDE: usize = 4 * STEP;

/// Every place at which a byte of `first` is followed by one of `second`, in order. Both must do
/// without branches, so that wide steps can be made of them: `|` of comparisons, no `matches!` of
/// several bytes that are no range.
pub(super) fn pairs(
    text: &str,
    first: impl Fn(u8) -> bool,
    second: impl Fn(u8) -> bool,
) -> Vec<usize> {
    let bytes = text.as_bytes();
    let (chunks, _) = bytes.as_chunks::<STRIDE>();
    let (next, _) = bytes.get(1..).unwrap_or_default().as_chunks::<STRIDE>();
    let mut found = Vec::new();
    let mut done = 0;
    let mut within = |from: usize, to: usize| {
        let pair = bytes.get(from..to).unwrap_or_default().windows(2).enumerate();
        let hits = pair.filter(|(_, it)| matches!(it, [a, b] if first(*a) && second(*b)));
        found.extend(hits.map(|(at, _)| from + at));
    };
    // Without a branch a byte, the compiler makes a few wide steps of it.
    let any = |ones: &[u8], others: &[u8]| {
        ones.iter().zip(others).fold(false, |any, (a, b)| any | first(*a) & second(*b))
    };
    for (ones, others) in chunks.iter().zip(next) {
        if any(ones, others) {
            let steps = ones.as_chunks::<STEP>().0.iter().zip(others.as_chunks::<STEP>().0);
            let held = steps.enumerate().filter(|(_, (ones, others))| any(*ones, *others));
            held.for_each(|(at, _)| within(done + at * STEP, done + at * STEP + STEP + 1));
        }
        done += STRIDE;
    }
    within(done, bytes.len());
    found
}

/// Where the next digit stands, at `from` or behind it.
pub(super) fn next_digit(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes().get(from..)?;
    let (chunks, _) = bytes.as_chunks::<STEP>();
    let holds = |chunk: &[u8; STEP]| chunk.iter().fold(false, |any, it| any | it.is_ascii_digit());
    let skipped = chunks.iter().take_while(|it| !holds(it)).count() * STEP;
    let at = bytes.get(skipped..)?.iter().position(u8::is_ascii_digit)?;
    Some(from + skipped + at)
}

/// A few words of one spelling each, none of which is a part of another.
pub(super) struct Words {
    /// Looks at many bytes at once.
    packed: Option<packed::Searcher>,
    /// For processors that cannot.
    automaton: Option<AhoCorasick>,
}

impl Words {
    pub(super) fn new(words: &[&str]) -> Self {
        let packed = packed::Searcher::new(words);
        let automaton = if packed.is_none() { AhoCorasick::new(words).ok() } else { None };
        Self { packed, automaton }
    }

    /// Every place of one of them, in order.
    pub(super) fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Match> + 'a {
        let packed = self.packed.iter().flat_map(move |it| it.find_iter(text));
        packed.chain(self.automaton.iter().flat_map(move |it| it.find_iter(text)))
    }
}

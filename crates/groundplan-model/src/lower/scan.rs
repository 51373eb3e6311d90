//! Where bytes and words stand in a text, many bytes a step. Most of a document holds nothing of what
//! a reader looks for, and a step a byte for each of the readers took longer than parsing it.

#[cfg(test)]
mod tests;

use std::cmp::Reverse;

use aho_corasick::{AhoCorasick, Match, packed};
use groundplan_syntax::Span;

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
    for (ones, others) in chunks.iter().zip(next) {
        if any_pair(ones, others, &first, &second) {
            let steps = ones.as_chunks::<STEP>().0.iter().zip(others.as_chunks::<STEP>().0);
            let held = steps
                .enumerate()
                .filter(|(_, (ones, others))| any_pair(ones, others, &first, &second));
            held.for_each(|(at, _)| within(done + at * STEP, done + at * STEP + STEP + 1));
        }
        done += STRIDE;
    }
    within(done, bytes.len());
    found
}

/// Whether a byte of `first` stands in `ones` where one of `second` stands in `others`. Without a branch
/// a byte, the compiler makes a few wide steps of it.
#[inline]
fn any_pair<const LEN: usize>(
    ones: &[u8; LEN],
    others: &[u8; LEN],
    first: impl Fn(u8) -> bool,
    second: impl Fn(u8) -> bool,
) -> bool {
    ones.iter().zip(others).fold(false, |any, (a, b)| any | first(*a) & second(*b))
}

/// Where the next digit stands, at `from` or behind it.
pub(super) fn next_digit(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes().get(from..)?;
    let (chunks, rest) = bytes.as_chunks::<STEP>();
    let holds = |chunk: &[u8; STEP]| chunk.iter().fold(false, |any, it| any | it.is_ascii_digit());
    let skipped = chunks.iter().take_while(|it| !holds(it)).count();
    let at = match chunks.get(skipped) {
        Some(chunk) => first_digit(chunk)?,
        None => rest.iter().position(u8::is_ascii_digit)?,
    };
    Some(from + skipped * STEP + at)
}

/// The place of the first digit among some bytes, all looked at at once.
fn first_digit(bytes: &[u8; STEP]) -> Option<usize> {
    const EACH: u128 = u128::from_le_bytes([1; STEP]);
    // A digit without the bits of "0" is below ten. All else reaches the eighth bit, by its own or with
    // such a number added to the other seven.
    let values = u128::from_le_bytes(*bytes) ^ (EACH * b'0' as u128);
    let others = ((values & (EACH * 0x7F)) + EACH * (0x80 - 10)) | values;
    let digits = !others & (EACH * 0x80);
    (digits != 0).then(|| digits.trailing_zeros() as usize / 8)
}

/// With which two bytes words begin. Letters are told apart, some other bytes are not: it misses none.
#[derive(Clone, Copy, Default)]
pub(super) struct Beginnings([u64; 16]);

impl Beginnings {
    /// Those of `words`, which are in lower case.
    pub(super) fn of(words: impl IntoIterator<Item = &'static str>) -> Self {
        let mut found = Self::default();
        for word in words {
            if let [first, second, ..] = word.as_bytes() {
                found.insert(*first, *second);
            }
        }
        found
    }

    pub(super) fn insert(&mut self, first: u8, second: u8) {
        let (part, bit) = Self::place(first, second);
        self.0.get_mut(part).into_iter().for_each(|it| *it |= bit);
    }

    pub(super) fn has(&self, first: u8, second: u8) -> bool {
        let (part, bit) = Self::place(first, second);
        self.0.get(part).is_some_and(|it| it & bit != 0)
    }

    fn place(first: u8, second: u8) -> (usize, u64) {
        let place = usize::from(first) * 37 + usize::from(second);
        (place / 64 % 16, 1 << (place % 64))
    }
}

/// A few words of one spelling each, none of which is a part of another.
pub(super) struct Words {
    /// Looks at many bytes at once.
    packed: Option<packed::Searcher>,
    /// For processors that cannot.
    automaton: Option<AhoCorasick>,
    /// Which word each pattern is.
    order: Vec<usize>,
}

impl Words {
    pub(super) fn new(words: &[&str]) -> Self {
        let order = deal(words);
        let patterns: Vec<&str> = order.iter().filter_map(|at| words.get(*at).copied()).collect();
        let packed = packed::Searcher::new(&patterns);
        let automaton = if packed.is_none() { AhoCorasick::new(&patterns).ok() } else { None };
        Self { packed, automaton, order }
    }

    /// Every place of one of them in order, each with the word's index.
    pub(super) fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, Span)> + 'a {
        let packed = self.packed.iter().flat_map(move |it| it.find_iter(text));
        let found = packed.chain(self.automaton.iter().flat_map(move |it| it.find_iter(text)));
        let word = |it: &Match| self.order.get(it.pattern().as_usize()).copied();
        found.filter_map(move |it| Some((word(&it)?, Span::new(it.start(), it.end()))))
    }
}

/// Among as many buckets a packed searcher deals out its words in turn.
const BUCKETS: usize = 8;

/// An order in which words that look alike come into one bucket. The searcher stops wherever each of
/// three bytes has the low half of one word of a bucket and the high half of one: the less its words
/// differ, the fewer such places there are.
fn deal(words: &[&str]) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..words.len()).collect();
    sorted.sort_by_key(|at| words.get(*at));
    let (least, mut fuller) = (words.len() / BUCKETS, words.len() % BUCKETS);
    let mut buckets: Vec<Bucket> = vec![Bucket::default(); BUCKETS];
    for at in sorted {
        let halves = Halves::of(words.get(at).unwrap_or(&""));
        let room = |it: &&mut Bucket| it.words.len() < least + usize::from(fuller > 0);
        let growth = |it: &&mut Bucket| it.halves.with(&halves).stops() - it.halves.stops();
        let Some(bucket) = buckets.iter_mut().filter(room).min_by_key(growth) else { continue };
        bucket.words.push(at);
        bucket.halves = bucket.halves.with(&halves);
        fuller -= usize::from(bucket.words.len() > least);
    }
    buckets.sort_by_key(|it| Reverse(it.words.len()));
    let turns = (0..=least).flat_map(|turn| buckets.iter().map(move |it| it.words.get(turn)));
    turns.flatten().copied().collect()
}

/// Words that are looked for with one mask.
#[derive(Clone, Default)]
struct Bucket {
    words: Vec<usize>,
    halves: Halves,
}

/// The low and the high halves of the first three bytes of some words, a bit for each of sixteen.
#[derive(Clone, Copy, Default)]
struct Halves([(u16, u16); 3]);

impl Halves {
    fn of(word: &str) -> Self {
        let mut halves = Self::default();
        for (own, byte) in halves.0.iter_mut().zip(word.bytes()) {
            *own = (1 << (byte & 15), 1 << (byte >> 4));
        }
        halves
    }

    fn with(&self, other: &Self) -> Self {
        let mut both = *self;
        for (own, (low, high)) in both.0.iter_mut().zip(other.0) {
            *own = (own.0 | low, own.1 | high);
        }
        both
    }

    /// How many beginnings they stop at.
    fn stops(&self) -> u32 {
        self.0.iter().map(|(low, high)| low.count_ones() * high.count_ones()).product()
    }
}

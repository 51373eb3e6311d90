//! Lists of phrases, each with what it means, found where words begin. An automaton of so many phrases
//! is slower to build than a small workspace is to read, and slower to look through a title.

#[cfg(test)]
mod tests;

use std::ops::Range;

/// Slots for the beginnings of phrases: most beginnings have one of their own.
const SLOTS: usize = 1 << 10;

/// A byte with which a phrase begins.
const FIRST: u8 = 1;

/// A byte behind which no word begins.
const INSIDE: u8 = 2;

/// Phrases in lower case, by the two bytes with which they begin.
pub(super) struct Phrases<T> {
    /// What each byte is: [`FIRST`], [`INSIDE`].
    bytes: [u8; 256],
    by_start: Vec<Vec<Phrase<T>>>,
    /// Those of one byte.
    short: Vec<Phrase<T>>,
}

struct Phrase<T> {
    text: &'static str,
    meaning: T,
}

impl<T> Phrases<T> {
    pub(super) fn new(phrases: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let mut by_start: Vec<Vec<Phrase<T>>> = Vec::new();
        by_start.resize_with(SLOTS, Vec::new);
        let mut short = Vec::new();
        let mut bytes = [0; 256];
        for (byte, kind) in (0..=u8::MAX).zip(&mut bytes) {
            *kind = if byte.is_ascii_alphanumeric() { INSIDE } else { 0 };
        }
        for (text, meaning) in phrases {
            let first = text.bytes().next();
            for byte in first.into_iter().chain(first.map(|it| it.to_ascii_uppercase())) {
                bytes.get_mut(usize::from(byte)).into_iter().for_each(|kind| *kind |= FIRST);
            }
            let list = start(text).and_then(|it| by_start.get_mut(it)).unwrap_or(&mut short);
            list.push(Phrase { text, meaning });
        }
        Self { bytes, by_start, short }
    }

    /// The phrases with which `text` begins, in the order of the list, but for those of one byte, which
    /// come last. Capitals of ASCII are read as small letters.
    pub(super) fn beginning(&self, text: &str) -> impl Iterator<Item = (&'static str, &T)> {
        let list = start(text).and_then(|it| self.by_start.get(it)).map_or(&[][..], Vec::as_slice);
        let begins = move |it: &&Phrase<T>| {
            let own = text.as_bytes().get(..it.text.len());
            own.is_some_and(|own| own.eq_ignore_ascii_case(it.text.as_bytes()))
        };
        list.iter().chain(&self.short).filter(begins).map(|it| (it.text, &it.meaning))
    }

    /// Every phrase that stands in `text` where a word may begin. What is no ASCII may be of a language
    /// without spaces between its words: there one may begin anywhere.
    pub(super) fn find(&self, text: &str) -> Vec<(Range<usize>, &T)> {
        let mut found = Vec::new();
        let mut is_inside = false;
        for (at, byte) in text.bytes().enumerate() {
            let kind = self.bytes.get(usize::from(byte)).copied().unwrap_or(0);
            let begins = kind & FIRST != 0 && !(is_inside && byte.is_ascii());
            is_inside = kind & INSIDE != 0;
            if begins && let Some(rest) = text.get(at..) {
                for (phrase, meaning) in self.beginning(rest) {
                    found.push((at..at + phrase.len(), meaning));
                }
            }
        }
        found
    }
}

/// The slot of the two bytes with which `text` begins.
fn start(text: &str) -> Option<usize> {
    let [first, second, ..] = text.as_bytes() else { return None };
    let [first, second] = [first, second].map(|it| usize::from(it.to_ascii_lowercase()));
    Some((first * 37 + second) % SLOTS)
}

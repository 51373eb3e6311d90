//! Lists of phrases, each with what it means, found where words begin. An automaton of so many phrases
//! is slower to build than a small workspace is to read, and slower to look through a title.

#[cfg(test)]
mod tests;

use std::ops::Range;

/// Phrases in lower case, by the byte with which they begin.
pub(super) struct Phrases<T>(Vec<Vec<Phrase<T>>>);

struct Phrase<T> {
    text: &'static str,
    /// Most phrases with the same first byte are told apart by this one.
    second: Option<u8>,
    meaning: T,
}

impl<T> Phrases<T> {
    pub(super) fn new(phrases: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let mut by_first: Vec<Vec<Phrase<T>>> = Vec::new();
        by_first.resize_with(256, Vec::new);
        for (text, meaning) in phrases {
            let mut bytes = text.bytes();
            let first = bytes.next().map(usize::from);
            if let Some(list) = first.and_then(|it| by_first.get_mut(it)) {
                list.push(Phrase { text, second: bytes.next(), meaning });
            }
        }
        Self(by_first)
    }

    /// The phrases with which `text` begins, in the order of the list. Capitals of ASCII are read as
    /// small letters.
    pub(super) fn beginning(&self, text: &str) -> impl Iterator<Item = (&'static str, &T)> {
        let mut bytes = text.bytes().map(|it| it.to_ascii_lowercase());
        let (first, second) = (bytes.next(), bytes.next());
        let list = first.and_then(|it| self.0.get(usize::from(it))).map_or(&[][..], Vec::as_slice);
        let begins = move |it: &&Phrase<T>| {
            (it.second.is_none() || it.second == second)
                && text.get(..it.text.len()).is_some_and(|own| own.eq_ignore_ascii_case(it.text))
        };
        list.iter().filter(begins).map(|it| (it.text, &it.meaning))
    }

    /// Every phrase that stands in `text` where a word may begin. What is no ASCII may be of a language
    /// without spaces between its words: there one may begin anywhere.
    pub(super) fn find(&self, text: &str) -> Vec<(Range<usize>, &T)> {
        let mut found = Vec::new();
        let mut is_inside = false;
        for (at, byte) in text.bytes().enumerate() {
            let begins = !(is_inside && byte.is_ascii());
            is_inside = byte.is_ascii_alphanumeric();
            if begins && let Some(rest) = text.get(at..) {
                let here = self.beginning(rest);
                found.extend(here.map(|(phrase, meaning)| (at..at + phrase.len(), meaning)));
            }
        }
        found
    }
}

//! Lists of phrases, each with what it means, found where words begin. An automaton of so many phrases
//! is slower to build than a small workspace is to read, and slower to look through a title.

#[cfg(test)]
mod tests;

use std::ops::Range;

/// Phrases in lower case, by the byte with which they begin.
pub(super) struct Phrases<T>(Vec<Vec<(&'static str, T)>>);

impl<T> Phrases<T> {
    pub(super) fn new(phrases: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let mut by_first: Vec<Vec<(&'static str, T)>> = Vec::new();
        by_first.resize_with(256, Vec::new);
        for (phrase, meaning) in phrases {
            let first = phrase.bytes().next().map(usize::from);
            if let Some(list) = first.and_then(|it| by_first.get_mut(it)) {
                list.push((phrase, meaning));
            }
        }
        Self(by_first)
    }

    /// The phrases with which `text` begins, in the order of the list. Capitals of ASCII are read as
    /// small letters.
    pub(super) fn beginning(&self, text: &str) -> impl Iterator<Item = (&'static str, &T)> {
        let first = text.bytes().next().map(|it| usize::from(it.to_ascii_lowercase()));
        let likely = first.and_then(|it| self.0.get(it)).map_or(&[][..], Vec::as_slice);
        let begins = move |phrase: &str| {
            text.get(..phrase.len()).is_some_and(|it| it.eq_ignore_ascii_case(phrase))
        };
        likely.iter().filter(move |it| begins(it.0)).map(|(phrase, meaning)| (*phrase, meaning))
    }

    /// Every phrase that stands in `text` where a word may begin. What is no ASCII may be of a language
    /// without spaces between its words: there one may begin anywhere.
    pub(super) fn find(&self, text: &str) -> impl Iterator<Item = (Range<usize>, &T)> {
        let mut before = b' ';
        let starts = text.bytes().enumerate().filter(move |(_, byte)| {
            let goes_on = before.is_ascii_alphanumeric() && byte.is_ascii();
            before = *byte;
            !goes_on
        });
        starts.flat_map(move |(at, _)| {
            let found = self.beginning(text.get(at..).unwrap_or(""));
            found.map(move |(phrase, meaning)| (at..at + phrase.len(), meaning))
        })
    }
}

//! A sentence in lower case that is asked for many words.

use std::ops::Deref;

use super::super::prose;
use super::super::scan::Beginnings;

/// The text, and with which two bytes its words begin: most words that are asked for begin with
/// others, and are not looked for.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    text: &'a str,
    beginnings: Beginnings,
}

impl<'a> Words<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut beginnings = Beginnings::default();
        let mut is_inside = false;
        for pair in text.as_bytes().windows(2) {
            let [byte, next] = pair else { continue };
            if byte.is_ascii_lowercase() && !is_inside {
                beginnings.insert(*byte, *next);
            }
            is_inside = byte.is_ascii_alphanumeric() || *byte == b'_';
        }
        Self { text, beginnings }
    }

    /// The text itself.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// Whether one of `list` is among the words.
    pub(super) fn has_any(&self, list: &[&str]) -> bool {
        list.iter().any(|word| self.find_word(word).is_some())
    }

    /// Where one of the words is `word`.
    pub(super) fn find_word(&self, word: &str) -> Option<usize> {
        if self.may_have(word) { prose::find_word(self.text, word) } else { None }
    }

    /// Whether a word, or several, begin with one of `parts`.
    pub(super) fn has_part(&self, parts: &[&str]) -> bool {
        parts.iter().any(|part| self.may_have(part) && prose::find(self.text, part).is_some())
    }

    /// What stands before and behind the first `part`, which begins with a word or the blank before
    /// it.
    pub(super) fn around(&self, part: &str) -> Option<(&'a str, &'a str)> {
        if self.may_have(part.trim_start()) { prose::split_once(self.text, part) } else { None }
    }

    /// Whether a word may begin as `word` does.
    fn may_have(&self, word: &str) -> bool {
        let [first @ b'a'..=b'z', second, ..] = word.as_bytes() else { return true };
        self.beginnings.has(*first, *second)
    }
}

impl Deref for Words<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.text
    }
}

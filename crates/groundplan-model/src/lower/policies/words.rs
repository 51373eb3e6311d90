//! A sentence in lower case that is asked for many words.

use std::ops::Deref;

use super::super::prose;

/// The text, and with which letters its words begin: most words that are asked for begin with another
/// one, and are not looked for.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    text: &'a str,
    initials: u32,
}

impl<'a> Words<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut initials = 0;
        let mut is_inside = false;
        for byte in text.bytes() {
            let begins = byte.is_ascii_lowercase() && !is_inside;
            initials |= if begins { bit(byte) } else { 0 };
            is_inside = byte.is_ascii_alphanumeric() || byte == b'_';
        }
        Self { text, initials }
    }

    /// The text itself.
    pub(super) fn text(self) -> &'a str {
        self.text
    }

    /// Whether one of `list` is among the words.
    pub(super) fn has_any(self, list: &[&str]) -> bool {
        list.iter().any(|word| self.may_have(word) && prose::has_word(self.text, word))
    }

    fn may_have(self, word: &str) -> bool {
        let first = word.bytes().next().filter(u8::is_ascii_lowercase);
        first.is_none_or(|it| self.initials & bit(it) != 0)
    }
}

impl Deref for Words<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.text
    }
}

fn bit(letter: u8) -> u32 {
    1 << (letter & 31)
}

//! Lists of phrases, each with what it means, found where words begin. An automaton of so many phrases
//! is slower to build than a small workspace is to read, and slower to look through a title.

#[cfg(test)]
mod tests;

use std::ops::Range;

/// Slots for the beginnings of phrases: most beginnings have one of their own.
const SLOTS: usize = 1 << 10;

/// As many bytes of a phrase are compared at once.
const HEAD: usize = 8;

/// A byte with which a phrase begins where a word may begin.
const FIRST: u8 = 1;

/// A byte with which a phrase begins anywhere.
const ANYWHERE: u8 = 2;

/// Second bytes are told apart by as many bits: a letter from every other one, not from its capital.
const SECONDS: u32 = u32::BITS;

/// A byte behind which no word begins.
const INSIDE: u8 = 4;

/// Phrases in lower case, by the two bytes with which they begin.
pub(super) struct Phrases<T> {
    /// What each byte is: [`FIRST`], [`ANYWHERE`], [`INSIDE`].
    bytes: [u8; 256],
    /// What may follow each byte at the beginning of a phrase, by [`second`].
    seconds: [u32; 256],
    by_start: Vec<Vec<Phrase<T>>>,
    /// Those of one byte.
    short: Vec<Phrase<T>>,
}

struct Phrase<T> {
    text: &'static str,
    head: Head,
    meaning: T,
}

/// The first [`HEAD`] bytes of a phrase.
struct Head {
    bytes: u64,
    /// Which of them the phrase has.
    mask: u64,
}

impl Head {
    fn of(phrase: &str) -> Self {
        let missing = HEAD.saturating_sub(phrase.len());
        let mask = u64::MAX.checked_shr(u32::try_from(8 * missing).unwrap_or(0)).unwrap_or(0);
        Self { bytes: head(phrase), mask }
    }

    fn begins(&self, head: u64) -> bool {
        head & self.mask == self.bytes
    }
}

impl<T> Phrases<T> {
    pub(super) fn new(phrases: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let mut by_start: Vec<Vec<Phrase<T>>> = Vec::new();
        by_start.resize_with(SLOTS, Vec::new);
        let mut short = Vec::new();
        let mut bytes = [0; 256];
        let mut seconds = [0; 256];
        for (byte, kind) in (0..=u8::MAX).zip(&mut bytes) {
            *kind = if byte.is_ascii_alphanumeric() { INSIDE } else { 0 };
        }
        for (text, meaning) in phrases {
            let first = text.bytes().next();
            for byte in first.into_iter().chain(first.map(|it| it.to_ascii_uppercase())) {
                let begins = if byte.is_ascii() { FIRST } else { ANYWHERE };
                bytes.get_mut(usize::from(byte)).into_iter().for_each(|kind| *kind |= begins);
                // Behind a phrase of one byte anything may stand.
                let follows = text.as_bytes().get(1).map_or(u32::MAX, |it| second(*it));
                seconds.get_mut(usize::from(byte)).into_iter().for_each(|it| *it |= follows);
            }
            let slot = if text.len() > 1 { by_start.get_mut(slot(head(text))) } else { None };
            slot.unwrap_or(&mut short).push(Phrase { text, head: Head::of(text), meaning });
        }
        Self { bytes, seconds, by_start, short }
    }

    /// The phrases with which `text` begins, in the order of the list, but for those of one byte, which
    /// come last. Capitals of ASCII are read as small letters.
    pub(super) fn beginning(&self, text: &str) -> impl Iterator<Item = (&'static str, &T)> {
        let head = head(text);
        let list = self.by_start.get(slot(head)).map_or(&[][..], Vec::as_slice);
        let begins = move |it: &&Phrase<T>| it.head.begins(head) && it.ends_in(text);
        list.iter().chain(&self.short).filter(begins).map(|it| (it.text, &it.meaning))
    }

    /// Every phrase that stands in `text` where a word may begin. What is no ASCII may be of a language
    /// without spaces between its words: there one may begin anywhere.
    pub(super) fn find(&self, text: &str) -> Vec<(Range<usize>, &T)> {
        let mut found = Vec::new();
        let mut open = FIRST | ANYWHERE;
        for (at, byte) in text.bytes().enumerate() {
            let kind = self.bytes.get(usize::from(byte)).copied().unwrap_or(0);
            let begins = kind & open != 0;
            open = if kind & INSIDE == 0 { FIRST | ANYWHERE } else { ANYWHERE };
            if begins
                && self.goes_on(byte, text.as_bytes().get(at + 1))
                && let Some(rest) = text.get(at..)
            {
                for (phrase, meaning) in self.beginning(rest) {
                    found.push((at..at + phrase.len(), meaning));
                }
            }
        }
        found
    }

    /// Whether a phrase may begin with `byte` and `next`.
    fn goes_on(&self, byte: u8, next: Option<&u8>) -> bool {
        let follows = self.seconds.get(usize::from(byte)).copied().unwrap_or(0);
        follows & second(next.copied().unwrap_or(0)) != 0
    }
}

impl<T> Phrase<T> {
    /// Whether a text with the phrase's head goes on with the rest of it.
    fn ends_in(&self, text: &str) -> bool {
        let ends = || text.as_bytes().get(HEAD..self.text.len());
        let own = || self.text.as_bytes().get(HEAD..).unwrap_or_default();
        self.text.len() <= HEAD || ends().is_some_and(|it| it.eq_ignore_ascii_case(own()))
    }
}

/// The bit of a second byte.
fn second(byte: u8) -> u32 {
    1 << (u32::from(byte) % SECONDS)
}

/// The slot of a text with this [`head`]: its first two bytes tell.
fn slot(head: u64) -> usize {
    let [first, second, ..] = head.to_le_bytes();
    (usize::from(first) * 37 + usize::from(second)) % SLOTS
}

/// The first [`HEAD`] bytes of `text` as small letters, and zeros for those that it lacks.
fn head(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let head = bytes.first_chunk::<HEAD>().copied().unwrap_or_else(|| {
        let mut head = [0; HEAD];
        head.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        head
    });
    small(u64::from_le_bytes(head))
}

/// Eight bytes with small letters for capitals of ASCII, all at once.
fn small(bytes: u64) -> u64 {
    const EACH: u64 = u64::from_le_bytes([1; HEAD]);
    // Seven bits with such a number added reach the eighth from "A", and from behind "Z".
    let low = bytes & (0x7F * EACH);
    let from_a = low + (0x80 - u64::from(b'A')) * EACH;
    let behind_z = low + (0x7F - u64::from(b'Z')) * EACH;
    let capitals = (from_a ^ behind_z) & !bytes & (0x80 * EACH);
    // A small letter has the bit of 32 more.
    bytes | capitals >> 2
}

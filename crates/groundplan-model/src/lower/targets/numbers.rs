//! Where numbers stand that may be something to be reached: beside a unit, "at least", or a load. Most
//! numbers are none, and most blocks have none of them.

use std::sync::LazyLock;

use super::super::prose::Triggers;
use super::super::scan::{self, Beginnings};
use super::{comparators, line, quantity};
use crate::document::Comparator;

/// How that begins which makes a bound of the number before it.
static BEHIND: LazyLock<Beginnings> = LazyLock::new(|| {
    let units = quantity::UNITS.iter().map(|(word, ..)| *word);
    let comparisons = comparators::AFTER.iter().map(|(word, _)| *word);
    Beginnings::of(units.chain(comparisons).chain(line::LOADS))
});

/// The last bytes of what says "at least" before a number.
static LEAST: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let least = comparators::BEFORE.iter().filter(|(_, it)| *it == Comparator::AtLeast);
    let mut ends: Vec<u8> = least.filter_map(|(word, _)| word.bytes().last()).collect();
    ends.sort_unstable();
    ends.dedup();
    ends
});

/// The last digit of each such number, and of some others. A number that is not among them is no target,
/// whatever else its line says.
pub(super) fn places(text: &str) -> Triggers {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = scan::next_digit(text, from) {
        let rest = bytes.get(at..).unwrap_or_default();
        let is_part = |byte: &&u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',');
        let number = rest.get(..rest.iter().take_while(is_part).count()).unwrap_or_default();
        from = at + number.len();
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        if before
            .is_some_and(|it| it.is_ascii_alphabetic() || matches!(it, b'_' | b'#' | b'$' | b'.'))
        {
            continue;
        }
        let marks = number.iter().rev().take_while(|byte| !byte.is_ascii_digit()).count();
        let end = from - marks;
        if is_measured(bytes.get(end..).unwrap_or_default()) || is_least(text, at) {
            found.push(end - 1);
        }
    }
    Triggers::at(found)
}

/// Whether a unit may follow a number, a load, or what says that it is enough.
fn is_measured(after: &[u8]) -> bool {
    let blank = after.iter().take_while(|byte| matches!(byte, b' ' | b'*')).count();
    match after.get(blank..).unwrap_or_default() {
        [b'+' | b'%' | b'/' | 128.., ..] => true,
        // "A 3-second limit".
        [b'-', unit @ ..] => matches!(unit, [b's' | b'm' | b'h', ..]),
        // "100K", "5 s".
        [first, second, ..] if first.is_ascii_alphabetic() && second.is_ascii_alphabetic() => {
            BEHIND.has(first.to_ascii_lowercase(), second.to_ascii_lowercase())
                || is_rate(after.get(blank..).unwrap_or_default())
        }
        [first, ..] => first.is_ascii_alphabetic(),
        [] => false,
    }
}

/// Whether a word may count in a time: "messages/sec", "jobs per minute".
fn is_rate(after: &[u8]) -> bool {
    let word = after.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    after.get(word..).is_some_and(|it| it.starts_with(b"/") || it.starts_with(b" per "))
}

/// Whether "at least", or another word for it, stands before the number at `at`.
fn is_least(text: &str, at: usize) -> bool {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    let last = before.iter().rev().find(|byte| !matches!(byte, b' ' | b'~' | b'*' | b'`'));
    let may_be = last.is_some_and(|it| LEAST.contains(&it.to_ascii_lowercase()) || !it.is_ascii());
    let compared = || comparators::comparator_before(text.get(..at)?);
    may_be && compared().is_some_and(|(it, _)| it == Comparator::AtLeast)
}

//! Numbers with comparison and unit: `<200ms`, "within 2 seconds", `1,000 RPS`, `> 5%`.

use crate::document::{Comparator, Quantity, Text, Unit};

/// Comparisons, longer spellings first.
const COMPARATORS: &[(&str, Comparator)] = &[
    ("<=", Comparator::AtMost),
    (">=", Comparator::AtLeast),
    ("≤", Comparator::AtMost),
    ("≥", Comparator::AtLeast),
    ("<", Comparator::Less),
    (">", Comparator::Greater),
    ("less than", Comparator::Less),
    ("more than", Comparator::Greater),
    ("greater than", Comparator::Greater),
    ("at least", Comparator::AtLeast),
    ("at most", Comparator::AtMost),
    ("up to", Comparator::AtMost),
    ("within", Comparator::AtMost),
    ("under", Comparator::Less),
    ("below", Comparator::Less),
    ("above", Comparator::Greater),
    ("over", Comparator::Greater),
    ("exceeds", Comparator::Greater),
];

/// Unit words with their unit and factor, longer spellings first.
const UNITS: &[(&str, Unit, f64)] = &[
    ("milliseconds", Unit::Milliseconds, 1.0),
    ("requests per second", Unit::PerSecond, 1.0),
    ("requests/second", Unit::PerSecond, 1.0),
    ("requests/s", Unit::PerSecond, 1.0),
    ("errors per minute", Unit::PerMinute, 1.0),
    ("requests/minute", Unit::PerMinute, 1.0),
    ("per second", Unit::PerSecond, 1.0),
    ("per minute", Unit::PerMinute, 1.0),
    ("seconds", Unit::Milliseconds, 1_000.0),
    ("minutes", Unit::Milliseconds, 60_000.0),
    ("percent", Unit::Percent, 1.0),
    ("second", Unit::Milliseconds, 1_000.0),
    ("minute", Unit::Milliseconds, 60_000.0),
    ("/minute", Unit::PerMinute, 1.0),
    ("/second", Unit::PerSecond, 1.0),
    ("req/s", Unit::PerSecond, 1.0),
    ("/min", Unit::PerMinute, 1.0),
    ("msec", Unit::Milliseconds, 1.0),
    ("rps", Unit::PerSecond, 1.0),
    ("qps", Unit::PerSecond, 1.0),
    ("sec", Unit::Milliseconds, 1_000.0),
    ("min", Unit::Milliseconds, 60_000.0),
    ("gib", Unit::Bytes, 1_073_741_824.0),
    ("mib", Unit::Bytes, 1_048_576.0),
    ("kib", Unit::Bytes, 1_024.0),
    ("ms", Unit::Milliseconds, 1.0),
    ("µs", Unit::Milliseconds, 0.001),
    ("us", Unit::Milliseconds, 0.001),
    ("gb", Unit::Bytes, 1e9),
    ("mb", Unit::Bytes, 1e6),
    ("kb", Unit::Bytes, 1e3),
    ("/s", Unit::PerSecond, 1.0),
    ("s", Unit::Milliseconds, 1_000.0),
    ("%", Unit::Percent, 1.0),
];

/// The first bound in a cell or a clause; `None` where it has no number. Percentile names such as
/// `p95` are read over.
pub(super) fn read(text: &Text) -> Option<Quantity> {
    let words = text.text.to_lowercase();
    let (at, value, rest) = first_number(&words)?;
    let before = words.get(..at)?;
    let comparator = comparator(before).unwrap_or(Comparator::Equal);
    let (unit, factor) = unit(rest);
    Some(Quantity { comparator, value: value * factor, unit, raw: text.clone() })
}

/// The first number that is not part of a word: where it stands, its value, and what follows.
fn first_number(words: &str) -> Option<(usize, f64, &str)> {
    let mut from = 0;
    loop {
        let at = from + words.get(from..)?.find(|c: char| c.is_ascii_digit())?;
        let rest = words.get(at..)?;
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        let len = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
        let in_word = words.get(..at)?.chars().next_back().is_some_and(char::is_alphabetic);
        let after = rest.get(len..)?;
        let names_a_class = after.starts_with("xx") || after.starts_with("th percentile");
        from = at + len;
        if in_word || names_a_class {
            continue;
        }
        let digits = rest.get(..len)?.trim_end_matches(['.', ',']).replace(',', "");
        return Some((at, digits.parse().ok()?, after));
    }
}

/// The comparison that stands last before a number.
fn comparator(before: &str) -> Option<Comparator> {
    let places = COMPARATORS.iter().filter_map(|(word, comparator)| {
        before.rfind(word).map(|at| (at + word.len(), word.len(), *comparator))
    });
    places.max_by_key(|(end, len, _)| (*end, *len)).map(|(_, _, comparator)| comparator)
}

fn unit(rest: &str) -> (Unit, f64) {
    let rest = rest.trim_start();
    let found = UNITS.iter().find(|(word, ..)| {
        let ends = rest.get(word.len()..).and_then(|it| it.chars().next());
        rest.starts_with(word)
            && !(word.ends_with(char::is_alphabetic) && ends.is_some_and(char::is_alphabetic))
    });
    found.map_or((Unit::Count, 1.0), |(_, unit, factor)| (*unit, *factor))
}

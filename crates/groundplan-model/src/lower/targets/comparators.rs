//! Comparisons beside numbers: "< 200", "within 2", "no more than 5", "90 or more", "3以内".

use std::sync::LazyLock;

use super::super::phrases::Phrases;
use crate::document::Comparator;

/// Comparisons that stand before a number, longer spellings first.
pub(super) const BEFORE: &[(&str, Comparator)] = &[
    ("greater than", Comparator::Greater),
    ("no more than", Comparator::AtMost),
    ("not exceed", Comparator::AtMost),
    ("less than", Comparator::Less),
    ("more than", Comparator::Greater),
    ("exceeding", Comparator::Greater),
    ("at least", Comparator::AtLeast),
    ("at most", Comparator::AtMost),
    ("minimum", Comparator::AtLeast),
    ("exceeds", Comparator::Greater),
    ("exceed", Comparator::Greater),
    ("sub-", Comparator::Less),
    ("up to", Comparator::AtMost),
    ("supports", Comparator::AtLeast),
    ("support", Comparator::AtLeast),
    ("within", Comparator::AtMost),
    ("under", Comparator::Less),
    ("below", Comparator::Less),
    ("above", Comparator::Greater),
    ("over", Comparator::Greater),
    ("<=", Comparator::AtMost),
    (">=", Comparator::AtLeast),
    ("≤", Comparator::AtMost),
    ("≥", Comparator::AtLeast),
    ("<", Comparator::Less),
    (">", Comparator::Greater),
];

/// Comparisons that stand after a number and its unit.
pub(super) const AFTER: &[(&str, Comparator)] = &[
    ("or more", Comparator::AtLeast),
    ("or higher", Comparator::AtLeast),
    ("or better", Comparator::AtLeast),
    ("or less", Comparator::AtMost),
    ("or faster", Comparator::AtMost),
    ("or lower", Comparator::AtMost),
    ("以内", Comparator::AtMost),
    ("以下", Comparator::AtMost),
    ("未満", Comparator::Less),
    ("以上", Comparator::AtLeast),
    ("超過", Comparator::Greater),
    ("を超え", Comparator::Greater),
    ("이내", Comparator::AtMost),
    ("이하", Comparator::AtMost),
    ("미만", Comparator::Less),
    ("이상", Comparator::AtLeast),
    ("초과", Comparator::Greater),
];

/// [`BEFORE`] by the last byte of each.
static BY_LAST: LazyLock<Vec<Vec<(&str, Comparator)>>> = LazyLock::new(|| {
    let ending = |byte: u8| {
        let ends = BEFORE.iter().filter(|(word, _)| word.as_bytes().last() == Some(&byte));
        ends.copied().collect()
    };
    (0..=u8::MAX).map(ending).collect()
});

static BY_COMPARATOR: LazyLock<Phrases<Comparator>> =
    LazyLock::new(|| Phrases::new(AFTER.iter().copied()));

/// The comparison right before a number, and where it begins.
pub(super) fn comparator_before(before: &str) -> Option<(Comparator, usize)> {
    let body = before.trim_end_matches([' ', '~', '≈', '±', '*', '`', '\u{a0}', '\u{202f}']);
    let last = body.bytes().next_back()?.to_ascii_lowercase();
    let ending = BY_LAST.get(usize::from(last)).filter(|it| !it.is_empty())?;
    let is_arrow = || ["->", "=>", "/>", "br>"].iter().any(|arrow| body.ends_with(arrow));
    if last == b'>' && is_arrow() {
        return None;
    }
    ending.iter().find_map(|(word, comparator)| {
        let at = body.len().checked_sub(word.len())?;
        let tail = body.get(at..)?;
        let alone = !body.get(..at)?.ends_with(|c: char| c.is_ascii_alphabetic());
        let is_word = word.starts_with(|c: char| c.is_ascii_alphabetic());
        let is_one = tail.eq_ignore_ascii_case(word) && (alone || !is_word);
        let denied = || is_word && is_denied(body.get(..at).unwrap_or(""));
        is_one.then(|| (if denied() { opposite(*comparator) } else { *comparator }, at))
    })
}

/// Whether one of the last words of a text denies what follows: "should not increase by" more than.
fn is_denied(before: &str) -> bool {
    const NEAR: usize = 4;
    let is_no = |word: &str| {
        let word = word.trim_matches(['*', '_']).to_ascii_lowercase();
        matches!(word.as_str(), "not" | "never" | "cannot") || word.ends_with("n't")
    };
    let clause = before.rsplit([',', ';', '.', ':', '(', ')']).next().unwrap_or("");
    clause.split_whitespace().rev().take(NEAR).any(is_no)
}

/// What holds where a comparison does not.
fn opposite(comparator: Comparator) -> Comparator {
    match comparator {
        Comparator::Greater => Comparator::AtMost,
        Comparator::Less => Comparator::AtLeast,
        other => other,
    }
}

/// The comparison right after a number and its unit, and how far it reaches.
pub(super) fn comparator_after(rest: &str) -> Option<(Comparator, usize)> {
    let body = rest.trim_start_matches(' ');
    let lead = rest.len() - body.len();
    let (word, comparator) = BY_COMPARATOR.beginning(body).next()?;
    Some((*comparator, lead + word.len()))
}

/// The comparison that stands last in a text.
pub(super) fn last_comparator(before: &str) -> Option<Comparator> {
    let places = BEFORE.iter().filter_map(|(word, comparator)| {
        before.rfind(word).map(|at| (at + word.len(), word.len(), *comparator))
    });
    places.max_by_key(|(end, len, _)| (*end, *len)).map(|(_, _, comparator)| comparator)
}

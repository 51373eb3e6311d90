//! Versions by a document's own scheme.

use crate::difference::{Difference, Verb};

/// The numbers of `1.2`, `v1.2.0`; nothing for anything else.
pub(crate) fn numbers(text: &str) -> Option<Vec<u32>> {
    let text = text.trim();
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    text.split('.').map(|part| part.parse().ok()).collect()
}

/// The version of the next row: what the header states where that is newer than what the log knows,
/// or else the next one: 1.2 → 1.3, 3 → 4, 1.2.0 → 1.3.0, or 1.2.1 where only words changed.
pub(super) fn next(known: Option<&str>, stated: Option<&str>, found: &[Difference]) -> String {
    let newer = |it: &&str| match known.and_then(numbers) {
        Some(known) => numbers(it).is_some_and(|it| trimmed(it) > trimmed(known)),
        None => true,
    };
    if let Some(stated) = stated.filter(newer) {
        return stated.to_owned();
    }
    let Some(known) = known else { return "1.0".to_owned() };
    let Some(mut parts) = numbers(known) else { return known.to_owned() };
    let only_words = found.iter().all(|it| it.verb == Verb::Reworded);
    let at = if parts.len() >= 3 && !only_words { 1 } else { parts.len().saturating_sub(1) };
    for (index, part) in parts.iter_mut().enumerate().skip(at) {
        *part = if index == at { part.saturating_add(1) } else { 0 };
    }
    let prefix = known.trim().chars().next().filter(|c| matches!(c, 'v' | 'V'));
    let text: Vec<String> = parts.iter().map(u32::to_string).collect();
    prefix.into_iter().collect::<String>() + &text.join(".")
}

/// Without zeros at the end: 1.0 is 1.
fn trimmed(mut numbers: Vec<u32>) -> Vec<u32> {
    while numbers.len() > 1 && numbers.last() == Some(&0) {
        numbers.pop();
    }
    numbers
}

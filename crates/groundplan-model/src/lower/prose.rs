//! Words and sentences of running text.

use groundplan_syntax::Span;

/// Whether `word` stands in `text` with no letter or digit beside it. Both in lower case.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    find_word(text, word).is_some()
}

/// Where `word` stands in `text`, as [`has_word`] finds it.
pub(super) fn find_word(text: &str, word: &str) -> Option<usize> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).map(|(at, _)| at).find(|at| {
        let before = text.get(..*at).and_then(|it| it.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|it| it.chars().next());
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

/// Sentences of `text` with their offsets; a line of its own (a list item, a cell) counts as one.
pub(super) fn sentences(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    for at in memchr::memchr3_iter(b'.', b'!', b';', bytes) {
        let ends = bytes.get(at + 1).is_none_or(|next| next.is_ascii_whitespace());
        if ends && let Some(sentence) = text.get(start..at) {
            found.push((start, sentence));
            start = at + 1;
        }
    }
    if let Some(rest) = text.get(start..) {
        found.push((start, rest));
    }
    found.retain(|(_, sentence)| !sentence.trim().is_empty());
    found
}

/// The span of `text` (which starts at `base + at`) without the white space around it.
pub(super) fn trimmed(base: Span, at: usize, text: &str) -> Span {
    let lead = text.len() - text.trim_start().len();
    let start = base.start as usize + at + lead;
    Span::new(start, start + text.trim().len())
}

/// `text` in lower case without the marks of emphasis and code.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '*' | '`' | '_')).flat_map(char::to_lowercase).collect()
}

/// The first whole number at or after the start of `text`, with thousands separators read over, and
/// what follows it.
pub(super) fn number(text: &str) -> Option<(u64, &str)> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let rest = text.get(start..)?;
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ',' | '_' | '\u{a0}' | '\u{202f}');
    let end = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
    let digits: String = rest.get(..end)?.chars().filter(char::is_ascii_digit).collect();
    Some((digits.parse().ok()?, rest.get(end..)?))
}

//! Words and sentences of running text.

#[cfg(test)]
mod tests;

use groundplan_syntax::Span;

/// Whether `word` stands in `text` with no letter or digit beside it. Both in lower case.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    find_word(text, word).is_some()
}

/// Where `word` stands in `text`, as [`has_word`] finds it.
pub(super) fn find_word(text: &str, word: &str) -> Option<usize> {
    places(text, word).find(|at| is_word(text, *at, at + word.len()))
}

/// Where `part` stands in `text`. For a sentence this is several times as fast as a searcher, which is
/// made ready for every part anew.
pub(super) fn find(text: &str, part: &str) -> Option<usize> {
    if part.is_empty() { Some(0) } else { places(text, part).next() }
}

/// Every place of `part`, one within another too. The texts are short: setting up a searcher costs more
/// than looking for a byte of it that is not all over the text.
fn places(text: &str, part: &str) -> impl Iterator<Item = usize> {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let is_common =
        |byte: &u8| matches!(byte, b' ' | b'a'..=b'e' | b'i' | b'l' | b'n' | b'o' | b'r'..=b't');
    let lead = part.iter().position(|byte| !is_common(byte)).unwrap_or(0);
    let byte = part.get(lead).copied();
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + memchr::memchr(byte?, text.get(from + lead..)?)?;
            from = start + 1;
            if text.get(start..)?.starts_with(part) {
                return Some(start);
            }
        }
    })
}

/// What stands before and behind the first `part` of `text`.
pub(super) fn split_once<'a>(text: &'a str, part: &str) -> Option<(&'a str, &'a str)> {
    let at = find(text, part)?;
    Some((text.get(..at)?, text.get(at + part.len()..)?))
}

/// Whether one of `parts` stands in `text`.
pub(super) fn has_part(text: &str, parts: &[&str]) -> bool {
    parts.iter().any(|part| find(text, part).is_some())
}

/// Whether `start..end` has no letter or digit beside it.
pub(super) fn is_word(text: &str, start: usize, end: usize) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let before = text.get(..start).and_then(|it| it.chars().next_back());
    let after = text.get(end..).and_then(|it| it.chars().next());
    !before.is_some_and(is_part) && !after.is_some_and(is_part)
}

/// Places of trigger words in a text: a reader that looks for rare words asks them first, because
/// most blocks of most documents have none.
pub(super) struct Triggers(Vec<u32>);

impl Triggers {
    /// These places.
    pub(super) fn at(places: impl IntoIterator<Item = usize>) -> Self {
        let mut found: Vec<u32> = places.into_iter().map(|at| Span::at(at).start).collect();
        found.sort_unstable();
        Self(found)
    }

    /// Those places as well.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self.0.sort_unstable();
        self
    }

    /// Every place of one of `words`, as they are written. Cheaper than an automaton where the words
    /// are few and none of their letters is rare.
    pub(super) fn of(text: &str, words: &[&str]) -> Self {
        Self::at(words.iter().flat_map(|word| memchr::memmem::find_iter(text.as_bytes(), word)))
    }

    /// The places, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.iter().copied()
    }

    /// Whether there is none at all.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one lies in `span`.
    pub(super) fn any_in(&self, span: Span) -> bool {
        let first = self.0.partition_point(|at| *at < span.start);
        self.0.get(first).is_some_and(|at| *at < span.end)
    }

    /// Whether one lies in `line`, which begins at `start`.
    pub(super) fn any_in_line(&self, start: usize, line: &str) -> bool {
        self.any_in(Span::new(start, start + line.len()))
    }
}

/// The longest line that is read as one. Readers look around in a line for each fact of it, which for a
/// line of a megabyte would take hours.
const LONGEST: usize = 4096;

/// The lines of `text` with their ends, each with the place where it begins; `text` begins at `base`. What
/// is longer than lines are is cut before a word.
pub(super) fn lines(text: &str, base: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = text.get(from..).filter(|it| !it.is_empty())?;
        let len = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |at| at + 1);
        let len = if len > LONGEST { end_of_word(rest) } else { len };
        let start = base + from;
        from += len;
        Some((start, rest.get(..len)?))
    })
}

/// The part of `line` around `at` that is read as one line.
pub(super) fn readable(text: &str, line: Span, at: usize) -> Span {
    if line.end - line.start <= Span::at(LONGEST).start {
        return line;
    }
    let mut parts = lines(text.get(line.range()).unwrap_or(""), line.start as usize);
    let part = parts.find(|(start, part)| at < start + part.len());
    part.map_or(line, |(start, part)| Span::new(start, start + part.len()))
}

/// The beginning of a text: what a name may be made of.
pub(super) fn head(text: &str) -> &str {
    text.get(..text.floor_char_boundary(NEAR)).unwrap_or("")
}

/// The end of a text: what may belong to the next word.
pub(super) fn tail(text: &str) -> &str {
    text.get(text.ceil_char_boundary(text.len().saturating_sub(NEAR))..).unwrap_or("")
}

/// How far words that belong together stand apart.
const NEAR: usize = 240;

/// Where the last word ends that lies whole in the first [`LONGEST`] bytes of `text`.
fn end_of_word(text: &str) -> usize {
    let end = text.floor_char_boundary(LONGEST);
    let head = text.get(..end).unwrap_or("");
    head.rfind(' ').map_or(end, |at| at + 1).max(1)
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
    found.retain(|(_, sentence)| !trim(sentence).is_empty());
    found
}

/// `text` without the white space around it, as [`str::trim`] has it: most texts have none, and two
/// bytes tell.
pub(crate) fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim(),
    }
}

/// The span of `text` (which starts at `base + at`) without the white space around it.
pub(super) fn trimmed(base: Span, at: usize, text: &str) -> Span {
    let lead = text.len() - text.trim_start().len();
    let start = base.start as usize + at + lead;
    Span::new(start, start + trim(text).len())
}

/// `text` in lower case. Most texts are of ASCII only, where a letter is a byte.
pub(crate) fn lower_case(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_lowercase() }
}

/// Puts `text` behind `all` in lower case.
pub(super) fn push_lower_case(all: &mut String, text: &str) {
    let start = all.len();
    if text.is_ascii() {
        all.push_str(text);
        all.get_mut(start..).into_iter().for_each(str::make_ascii_lowercase);
    } else {
        all.push_str(&text.to_lowercase());
    }
}

/// `text` in lower case without the marks of emphasis and code.
pub(super) fn plain(text: &str) -> String {
    let mut words = without(text, *b"*`_");
    words.make_ascii_lowercase();
    if words.is_ascii() { words } else { words.to_lowercase() }
}

/// `text` without marks of one byte each.
pub(super) fn without(text: &str, [one, two, three]: [u8; 3]) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut from = 0;
    for at in memchr::memchr3_iter(one, two, three, text.as_bytes()) {
        plain.push_str(text.get(from..at).unwrap_or(""));
        from = at + 1;
    }
    plain.push_str(text.get(from..).unwrap_or(""));
    plain
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

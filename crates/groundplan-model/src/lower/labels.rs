//! Labels: `**Key:** value`, `Key: value`, `Term — meaning`.

use groundplan_syntax::Span;

use super::{Reading, prose};
use crate::document::Text;

/// A label with what follows it.
#[derive(Clone, Copy)]
pub(super) struct Labelled<'a> {
    /// The label, without markup and colon.
    pub(super) label: &'a str,
    /// The rest, without the separator; empty for a label that stands alone.
    pub(super) rest: &'a str,
}

impl Labelled<'_> {
    /// Whether the label is one of `names`, which are in lower case.
    pub(super) fn is(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.label.eq_ignore_ascii_case(name))
    }
}

/// What stands before a label: the mark of an item, its number, its box.
const LEADS: &[char] = &[' ', '\t', '-', '*', '+', '>', '•', '·'];

/// The label that `text` begins with.
pub(super) fn split(text: &str) -> Option<Labelled<'_>> {
    let text = unmarked(text);
    let (label, rest) = delimited(text).or_else(|| separated(text))?;
    let label = prose::trim(label).trim_end_matches(':').trim_matches(['*', '_', '`', '[', ']']);
    let label = prose::trim(label);
    let rest = prose::trim(rest.trim_start_matches(['*', '_']));
    (!label.is_empty() && label.len() <= 80).then_some(Labelled { label, rest })
}

/// `text` without the mark, the number and the box of its item. Two stars stay: they begin a label.
pub(super) fn unmarked(text: &str) -> &str {
    let mut rest = text.trim_start();
    for mark in ["- ", "* ", "+ ", "> ", "• ", "[ ] ", "[x] ", "[X] "] {
        rest = rest.strip_prefix(mark).map_or(rest, str::trim_start);
    }
    let number = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    let after = rest.get(number..).filter(|_| number > 0).unwrap_or("");
    after.strip_prefix(". ").or_else(|| after.strip_prefix(") ")).unwrap_or(rest).trim_start()
}

/// `text` without its mark as [`unmarked`] knows it, and without the signs that stand before its
/// words: "- ✅ `sqlx`".
pub(super) fn unsigned(text: &str) -> &str {
    let is_picture = |c: char| {
        matches!(c, '\u{2300}'..='\u{23ff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}')
            || matches!(c, '\u{fe0f}' | '\u{1f300}'..='\u{1faff}')
    };
    unmarked(text).trim_start_matches(|c: char| is_picture(c) || c == ' ')
}

/// `**Label** rest`, `` `Label` rest ``: a separator must follow, or stand in the label.
fn delimited(text: &str) -> Option<(&str, &str)> {
    let mark = ["**", "__", "`", "*", "_"].into_iter().find(|mark| text.starts_with(mark))?;
    let (label, rest) = prose::split_once(text.get(mark.len()..)?, mark)?;
    let rest = rest.trim_start();
    if label.trim_end().ends_with(':') || rest.is_empty() {
        return Some((label, rest));
    }
    let separators = [":", "—", "–", "- ", "→", "="];
    separators.iter().find_map(|it| rest.strip_prefix(it)).map(|rest| (label, rest))
}

/// `Label: rest`, `Label - rest`: short, and no sentence.
fn separated(text: &str) -> Option<(&str, &str)> {
    let line = text.lines().next()?;
    let ends = [": ", " — ", " – ", " - ", " → "];
    let at = ends.iter().filter_map(|it| Some((prose::find(line, it)?, it.len()))).min();
    let (at, len) = at.or_else(|| Some((line.trim_end().strip_suffix(':')?.len(), 1)))?;
    let label = text.get(..at)?;
    let is_short = label.len() <= 60 && prose::find(label, ". ").is_none();
    is_short.then_some((label, text.get(at + len..)?))
}

/// The value of the first of `keys` in a block: from `Key:` to the end of the line. `keys` are in lower
/// case.
pub(super) fn value(reading: &Reading<'_>, block: Span, keys: &[&str]) -> Option<Text> {
    let text = reading.source.slice(block);
    keys.iter().find_map(|key| {
        let (start, end) = labelled(text, key)?;
        let raw = text.get(start..end)?;
        let lead = raw.len() - raw.trim_start_matches(['*', '_', ' ', ':']).len();
        let words = raw.get(lead..)?.trim_end_matches(['*', '_', ' ', '\\', '|']);
        let words = if words.contains('(') { words } else { words.trim_end_matches(')') };
        let at = block.start as usize + start + lead;
        let is_said = words.contains(char::is_alphanumeric);
        let span = Span::new(at, at + words.len());
        is_said.then(|| Text { text: prose_text(words), span })
    })
}

/// Where the value of `key` stands in `text`.
fn labelled(text: &str, key: &str) -> Option<(usize, usize)> {
    // Colons are rarer than the letters of keys.
    let mut colons = memchr::memchr_iter(b':', text.as_bytes());
    let colon = colons.find(|at| ends_label(text.get(..*at).unwrap_or(""), key))?;
    let value = colon + 1;
    let end = memchr::memchr(b'\n', text.as_bytes().get(value..)?);
    Some((value, end.map_or(text.len(), |at| value + at)))
}

/// Whether `before` ends with `key` and the marks of emphasis and code behind it, where a label may
/// stand.
fn ends_label(before: &str, key: &str) -> bool {
    let marked = before.trim_end_matches(['*', '_', '`', ' ']);
    let Some(start) = marked.len().checked_sub(key.len()) else { return false };
    let own = marked.as_bytes().get(start..);
    own.is_some_and(|own| own.eq_ignore_ascii_case(key.as_bytes()))
        && prose::is_word(before, start, marked.len())
        && before.get(..start).is_some_and(begins_label)
}

/// Whether a label may begin after `before`: at the start of a line, or after an end of a clause.
fn begins_label(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or(before);
    let set_off = line.trim_end_matches(['*', '_', '`', ' ']);
    if set_off.ends_with(" -") || set_off.ends_with(" –") {
        return true;
    }
    let line = line.trim_end_matches(LEADS).trim_end_matches(['_', '`']).trim_end_matches(' ');
    line.is_empty() || line.ends_with(['.', ';', '(', '→', '|', '—', ',', ')'])
}

/// Whether a line is as long as those that are cut where a line of the file ends.
pub(super) fn is_wrapped(line: &str) -> bool {
    line.len() >= 60
}

/// The first line of `text`, joined with those that it goes on in.
pub(super) fn unwrapped(text: &str) -> String {
    // No sentence takes more lines; what does is no sentence, and every one may begin another.
    const MOST: usize = 12;
    let mut lines = text.lines();
    let mut last = lines.next().unwrap_or("");
    let mut words = last.to_owned();
    for line in lines.take(MOST) {
        let begins = line.trim_start().starts_with(['*', '_', '-', '+', '|', '>', '#']);
        let ends = !is_wrapped(last) || last.trim_end().ends_with('.');
        if ends || begins || line.trim().is_empty() || split(line).is_some() {
            break;
        }
        words.truncate(words.trim_end().len());
        words.push(' ');
        words.push_str(line.trim());
        last = line;
    }
    words
}

/// Words without the marks of emphasis and code.
pub(super) fn prose_text(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    let mut rest = words.trim();
    while let Some((part, next)) = prose::split_once(rest, "**") {
        plain.push_str(part);
        rest = next;
    }
    plain.push_str(rest);
    plain.retain(|c| c != '`');
    let mut joined = String::with_capacity(plain.len());
    for word in plain.split_whitespace() {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    joined
}

/// Whether a text says that there is nothing to say.
pub(super) fn is_nothing(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.').to_ascii_lowercase();
    matches!(text.as_str(), "" | "none" | "n/a" | "tbd" | "없음" | "-" | "none identified")
}

//! The status among the header's fields, or in a section of its own.

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use super::super::{Reading, prose};
use crate::document::{HeaderField, State, Status, Text};

/// How headings that end in the status begin, in lower case.
const HEADINGS: [&str; 5] =
    ["status", "implementation status", "project status", "current status", "document status"];

/// Spellings by state, longest first.
static WORDS: LazyLock<Vec<(&'static str, State)>> = LazyLock::new(|| {
    let mut words: Vec<(&str, State)> = include_str!("statuses.tsv")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(key, list)| {
            let state = State::ALL.into_iter().find(|state| state.as_str() == key)?;
            Some(list.split('|').map(move |word| (word.trim(), state)))
        })
        .flatten()
        .collect();
    words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    words
});

/// Keys of fields that hold the status, the most usual first.
const KEYS: [&str; 15] = [
    "status",
    "document status",
    "doc status",
    "plan status",
    "spec status",
    "design status",
    "current status",
    "project status",
    "implementation status",
    "state",
    "현재 상태",
    "상태",
    "ステータス",
    "状態",
    "状态",
];

/// The status that the fields of a footer tell, where nothing above does.
pub(in super::super) fn from_footer(footer: &[HeaderField]) -> Option<Status> {
    let is_one = |field: &HeaderField, key: &str| field.key.eq_ignore_ascii_case(key);
    let field = KEYS.iter().find_map(|key| footer.iter().find(|it| is_one(it, key)));
    field.map(|field| status(field.value.clone()))
}

/// The state that `words` tell.
pub(crate) fn state_of(words: &str) -> Option<State> {
    state(words).0
}

pub(super) fn read(reading: &mut Reading<'_>) {
    let document = &reading.document;
    let field = KEYS.iter().find_map(|key| document.field(key));
    let raw = field.map(|field| field.value.clone()).or_else(|| from_section(reading));
    let raw = raw.or_else(|| from_heading(reading)).or_else(|| from_title(reading));
    reading.document.status = raw.map(status);
}

/// The first line under a heading `Status`, as decision records write it.
fn from_section(reading: &Reading<'_>) -> Option<Text> {
    let is_status = |title: &str| title.trim().eq_ignore_ascii_case("status");
    let sections = &reading.document.sections;
    let section = sections.iter().take(6).find(|section| is_status(&section.title.text))?;
    let body =
        reading.source.text().get(section.heading.end as usize..section.span.end as usize)?;
    let at = body.len() - body.trim_start().len();
    let line = body.trim_start().lines().next().filter(|line| !line.starts_with('#'))?;
    let start = section.heading.end as usize + at;
    let span = groundplan_syntax::Span::new(start, start + line.trim_end().len());
    Some(Text { text: line.trim().trim_matches('*').to_owned(), span })
}

/// `## Status: Draft` and `## Implementation Status: **Complete**`, among the first headings.
fn from_heading(reading: &Reading<'_>) -> Option<Text> {
    let titles = reading.document.sections.iter().take(6).map(|section| &section.title);
    let mut stated = titles.filter_map(|title| {
        let (key, value) = title.text.split_once(':')?;
        let value = value.trim().trim_matches(['*', ' ']);
        let key = key.trim_start_matches(|c: char| !c.is_alphabetic()).trim().to_lowercase();
        let is_status = HEADINGS.contains(&key.as_str()) && !value.is_empty();
        is_status.then(|| Text { text: value.to_owned(), span: title.span })
    });
    stated.next()
}

/// `# 004 — OUTDATED Use one table`: the title of a document says in capitals that it holds no more.
fn from_title(reading: &Reading<'_>) -> Option<Text> {
    const MARKS: [&str; 4] = ["OUTDATED", "DEPRECATED", "SUPERSEDED", "OBSOLETE"];
    let title = reading.document.title.as_ref()?;
    let mark = MARKS.iter().find(|mark| prose::has_word(&title.text, mark))?;
    // In a title of capitals the word is one of the title's.
    let is_loud = !title.text.contains(char::is_lowercase);
    (!is_loud).then(|| Text { text: (*mark).to_owned(), span: title.span })
}

/// State, detail and date of a status text.
fn status(raw: Text) -> Status {
    let (state, after) = state(&raw.text);
    let detail = raw.text.get(after..).and_then(detail);
    Status { state, detail, date: date(&raw.text), raw }
}

/// The state of a status text, and where the words of the state end. No state for a choice that
/// nobody made.
fn state(raw: &str) -> (Option<State>, usize) {
    // "STUB → IMPL": where it came from tells nothing about where it is.
    let arrow = first_clause(raw).rfind(['→', '⇒']);
    let from = arrow.map_or(0, |at| at + '→'.len_utf8());
    let start = from + after_box(raw.get(from..).unwrap_or(""));
    if raw.matches('|').count() >= 2 || raw.matches(" / ").count() >= 2 {
        return (None, start);
    }
    let words = raw.get(start..).unwrap_or("").to_ascii_lowercase();
    let lead = words.find(char::is_alphabetic).unwrap_or(0);
    let words = words.get(lead..).unwrap_or("");
    let found = beginning(words).or_else(|| anywhere(first_clause(words)));
    match found {
        Some((state, end)) => (Some(state), start + lead + end),
        None => (by_sign(raw), start + lead),
    }
}

/// Past the box of `[x] completed`.
fn after_box(text: &str) -> usize {
    let lead = text.len() - text.trim_start().len();
    let is_box = ["[ ]", "[x]", "[X]"].iter().any(|it| text.trim_start().starts_with(it));
    if is_box { lead + 3 } else { 0 }
}

/// The spelling that `words` begin with.
fn beginning(words: &str) -> Option<(State, usize)> {
    let begins = |word: &str| words.starts_with(word) && prose::is_word(words, 0, word.len());
    WORDS.iter().find(|(word, _)| begins(word)).map(|(word, state)| (*state, word.len()))
}

/// The longest spelling in `words`: "all tasks complete".
fn anywhere(words: &str) -> Option<(State, usize)> {
    let mut spellings = WORDS.iter();
    spellings.find_map(|(word, state)| Some((*state, prose::find_word(words, word)? + word.len())))
}

fn first_clause(words: &str) -> &str {
    let end = words.find(['—', '–', '(', ';', '.', ',', ':']).unwrap_or(words.len());
    words.get(..end).unwrap_or(words)
}

/// The sign before words that no table knows: `⏳ Contract kinds`.
fn by_sign(raw: &str) -> Option<State> {
    const SIGNS: [(char, State); 5] = [
        ('⏳', State::InProgress),
        ('🚧', State::InProgress),
        ('🔄', State::InProgress),
        ('✅', State::Implemented),
        ('📝', State::Draft),
    ];
    let first = raw.trim_start().chars().next()?;
    SIGNS.iter().find(|(sign, _)| *sign == first).map(|(_, state)| *state)
}

/// What follows the words of the state, without the punctuation and the brackets around it.
fn detail(rest: &str) -> Option<String> {
    let is_edge = |c: char| c.is_whitespace() || "-–—:;,.*_`|✅⏳\"'".contains(c);
    let text = rest.trim_matches(is_edge);
    let inner = text.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
    let text = inner.filter(|it| !it.contains(['(', ')'])).unwrap_or(text);
    text.contains(char::is_alphanumeric).then(|| text.to_owned())
}

/// The first `2026-01-31` in a text.
fn date(text: &str) -> Option<String> {
    let is_date = |window: &[u8]| {
        window.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
    };
    let at = text.as_bytes().windows(10).position(is_date)?;
    text.get(at..at + 10).map(str::to_owned)
}

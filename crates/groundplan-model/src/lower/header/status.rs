//! The status among the header's fields, or in a section of its own.

use std::sync::LazyLock;

use super::super::{Reading, prose};
use crate::document::{State, Status, Text};

/// Spellings by state, longest first.
static WORDS: LazyLock<Vec<(&'static str, State)>> = LazyLock::new(|| {
    const STATES: [State; 7] = [
        State::Draft,
        State::Planned,
        State::Review,
        State::Approved,
        State::InProgress,
        State::Implemented,
        State::Superseded,
    ];
    let mut words: Vec<(&str, State)> = include_str!("statuses.tsv")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(key, list)| {
            let state = *STATES.iter().find(|state| state.as_str() == key)?;
            Some(list.split('|').map(move |word| (word.trim(), state)))
        })
        .flatten()
        .collect();
    words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    words
});

pub(super) fn read(reading: &mut Reading<'_>) {
    const KEYS: [&str; 5] = ["status", "document status", "doc status", "state", "현재 상태"];
    let document = &reading.document;
    let field = KEYS.iter().find_map(|key| document.field(key));
    let raw = field.map(|field| field.value.clone()).or_else(|| from_section(reading));
    reading.document.status = raw.map(|raw| Status { state: state(&raw.text), raw });
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

/// The state that a status text begins with; `None` for a choice that nobody made.
fn state(raw: &str) -> Option<State> {
    let text = raw.to_lowercase();
    let start = text.find(|c: char| c.is_alphabetic())?;
    let words = text.get(start..)?;
    if raw.matches('|').count() >= 2 || raw.matches(" / ").count() >= 2 {
        return None;
    }
    let begins = |word: &str| prose::find_word(words, word) == Some(0);
    WORDS.iter().find(|(word, _)| begins(word)).map(|(_, state)| *state)
}

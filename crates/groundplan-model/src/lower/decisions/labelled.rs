//! `### Decision 2: Storage` headings, `### 2. Storage` below "Decisions", and `**Decision**: …` lines.

use groundplan_syntax::Span;

use super::super::clues::Clue;
use super::super::topics::{Topic, unnumbered};
use super::super::{Reading, labels};
use super::options;
use crate::document::{Decision, Section};

const CHOICE: [&str; 5] = ["decision", "chosen", "choice", "chosen approach", "selected approach"];
/// Labels that tell a choice only where the heading announces a decision.
const TAKEN: [&str; 2] = ["selected", "selected option"];
const OFFERED: [&str; 4] =
    ["alternatives considered", "alternatives", "options considered", "alternatives rejected"];

pub(super) fn read(reading: &Reading<'_>) -> Vec<Decision> {
    let triggers = reading.clues.of(Clue::Decisions);
    if triggers.is_empty() {
        return Vec::new();
    }
    let sections = &reading.document.sections;
    let ends = sections.iter().skip(1).map(|it| it.heading.start);
    let ends = ends.chain([Span::at(reading.text.len()).end]);
    let own = sections.iter().zip(ends);
    let is_told = |it: &Section, end: u32| triggers.any_in(Span { start: it.heading.start, end });
    let about: Vec<Span> = reading.topics.spans(Topic::Decisions).collect();
    let found = own.filter_map(|(section, end)| {
        let is_item = is_item(reading, section, &about);
        (is_item || is_told(section, end)).then(|| decision(reading, section, end, is_item))?
    });
    found.collect()
}

/// Whether a section is one of the numbered ones right below a heading about decisions.
fn is_item(reading: &Reading<'_>, section: &Section, about: &[Span]) -> bool {
    let is_above = |it: &&Section| it.level + 1 == section.level && about.contains(&it.span);
    let inside = || reading.sections_above(section.heading.start).map(|(_, it)| it);
    ordinal(&section.title.text).is_some() && inside().any(|it| is_above(&it))
}

/// The words behind the number of "2. Storage", "2) Storage" or "D2: Storage".
fn ordinal(title: &str) -> Option<&str> {
    let rest = title.trim_start().trim_start_matches('D');
    let words = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let words = words.strip_prefix([':', '.', ')']).filter(|_| words.len() < rest.len())?.trim();
    words.starts_with(char::is_alphabetic).then_some(words)
}

/// The decision of one section: by its heading, or by a label in its own text. An item of a list of
/// decisions has its number for a name.
fn decision(reading: &Reading<'_>, section: &Section, end: u32, is_item: bool) -> Option<Decision> {
    let body = Span { start: section.heading.end, end };
    let named = numbered(&section.title.text);
    let named = named.or_else(|| ordinal(&section.title.text).filter(|_| is_item));
    let taken = || named.and_then(|_| labels::value(reading, body, &TAKEN));
    let choice = labels::value(reading, body, &CHOICE).or_else(taken);
    if named.is_none() && choice.is_none() {
        return None;
    }
    let span = choice.as_ref().map_or(section.heading, |it| it.span);
    let title = named.unwrap_or_else(|| section.title.text.trim());
    // "Decision: queue vs table" names what there was to choose from.
    let is_open = choice.is_none() && title.contains(" vs");
    let words = choice.map_or_else(|| title.to_owned(), |it| it.text);
    let offered = labels::value(reading, body, &OFFERED).map(|it| it.text);
    // A sentence about alternatives is no list of names.
    let offered = offered.filter(|it| !it.contains(". ") && it.len() <= 200);
    let options = offered.map(|it| options(&it, &words)).unwrap_or_default();
    let choice = Some(words).filter(|_| !is_open);
    Some(Decision { area: title.to_owned(), choice, options, span })
}

/// The words of "Decision 2: words" and "Decision: words".
fn numbered(title: &str) -> Option<&str> {
    let rest = unnumbered(title).strip_prefix("Decision")?.trim_start();
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let words = rest.trim_start().strip_prefix([':', '—', '–', '-'])?.trim();
    (!words.is_empty()).then_some(words)
}

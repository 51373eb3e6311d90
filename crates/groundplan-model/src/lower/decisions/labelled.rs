//! `### Decision 2: Storage` headings and `**Decision**: …` lines.

use groundplan_syntax::Span;

use super::super::clues::Clue;
use super::super::topics::unnumbered;
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
    let told = own.filter(|(it, end)| triggers.any_in(Span { start: it.heading.start, end: *end }));
    told.filter_map(|(section, end)| decision(reading, section, end)).collect()
}

/// The decision of one section: by its heading, or by a label in its own text.
fn decision(reading: &Reading<'_>, section: &Section, end: u32) -> Option<Decision> {
    let body = Span { start: section.heading.end, end };
    let named = numbered(&section.title.text);
    let taken = || named.and_then(|_| labels::value(reading, body, &TAKEN));
    let choice = labels::value(reading, body, &CHOICE).or_else(taken);
    if named.is_none() && choice.is_none() {
        return None;
    }
    let span = choice.as_ref().map_or(section.heading, |it| it.span);
    let title = named.unwrap_or_else(|| section.title.text.trim());
    let words = choice.map_or_else(|| title.to_owned(), |it| it.text);
    let offered = labels::value(reading, body, &OFFERED).map(|it| it.text);
    // A sentence about alternatives is no list of names.
    let offered = offered.filter(|it| !it.contains(". ") && it.len() <= 200);
    let options = offered.map(|it| options(&it, &words)).unwrap_or_default();
    Some(Decision { area: title.to_owned(), choice: Some(words), options, span })
}

/// The words of "Decision 2: words" and "Decision: words".
fn numbered(title: &str) -> Option<&str> {
    let rest = unnumbered(title).strip_prefix("Decision")?.trim_start();
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let words = rest.trim_start().strip_prefix([':', '—', '–', '-'])?.trim();
    (!words.is_empty()).then_some(words)
}

//! Phases by number: the row of an overview, and the heading under which the phase's tasks stand.

use groundplan_model::Document;
use groundplan_model::document::{ChecklistItem, Form, Phase, Section};

/// A phase as an overview names it, and its own section.
pub(crate) struct Pair<'a> {
    /// The row of a table, or the item of a list.
    pub(crate) named: &'a Phase,
    /// The words of that row, or item.
    pub(crate) words: &'a str,
    /// The heading with what lies below it.
    pub(crate) section: &'a Section,
}

impl<'a> Pair<'a> {
    /// The items with a box below the heading that are not struck out.
    pub(crate) fn items(&self, document: &'a Document) -> Vec<&'a ChecklistItem> {
        let span = self.section.span;
        let inside = |it: &&ChecklistItem| span.contains(it.marker) && !it.struck;
        document.checklist.iter().filter(inside).collect()
    }
}

/// Rows that name a phase with a section of its own. One that several headings have is left out:
/// which of them is meant, nobody knows.
pub(crate) fn pairs(document: &Document) -> Vec<Pair<'_>> {
    let rows = document.phases.iter().filter(|it| document.form_of(it.span) == Form::Table);
    let found = rows.filter_map(|named| {
        let section = section(document, &key(&named.title)?)?;
        Some(Pair { named, words: document.source.slice(named.span), section })
    });
    found.collect()
}

fn section<'a>(document: &'a Document, wanted: &(String, String)) -> Option<&'a Section> {
    let is_it = |it: &&Section| key(&it.title.text).as_ref() == Some(wanted);
    let mut found = document.sections.iter().filter(is_it);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// Word and number: "phase" and "2a" for "2. Phase 2a: Storage".
pub(crate) fn key(title: &str) -> Option<(String, String)> {
    const WORDS: [&str; 5] = ["phase", "milestone", "stage", "sprint", "module"];
    let start = title.find(|c: char| c.is_ascii_alphabetic())?;
    let title = title.get(start..)?;
    let (word, rest) = title.split_once(' ')?;
    let word = word.to_ascii_lowercase();
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let len = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
    let number = rest.get(..len)?.trim_end_matches(['.', '-']);
    let is_number = number.starts_with(|c: char| c.is_ascii_digit());
    (WORDS.contains(&word.as_str()) && is_number).then(|| (word, number.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests;

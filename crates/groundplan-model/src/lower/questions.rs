//! Questions in a section about them, and whether they are answered.

#[cfg(test)]
mod tests;

use groundplan_syntax::{Kind, NodeId, Span};

use super::{Reading, blocks, ids, prose};
use crate::document::{Concept, Question, Section, Text};

/// What a sentence that asks ends with.
const ASKS: [char; 2] = ['?', '\u{ff1f}'];

pub(super) fn read(reading: &mut Reading<'_>) {
    if !reading.document.sections.iter().any(is_about) {
        return;
    }
    let tree = reading.tree;
    let mut found = Vec::new();
    let titled = titled(reading);
    for node in tree.children(tree.root()) {
        let span = tree.span(node);
        let is_inside = titled.iter().any(|(section, _)| section.contains(span));
        let mut above = reading.document.sections.iter().filter(|it| holds(it, span.start));
        if is_inside || !above.any(is_about) {
            continue;
        }
        match tree.kind(node) {
            Kind::List { .. } => {
                let items = tree.children(node).filter_map(|item| question(reading, item));
                let must_ask = is_clarified(reading, span.start);
                found.extend(items.filter(|it| !must_ask || it.text.text.contains(ASKS)));
            }
            Kind::Table => found.extend(rows(reading, span)),
            _ => {}
        }
    }
    found.extend(titled.into_iter().map(|(_, question)| question));
    found.sort_by_key(|question| question.text.span);
    found.dedup_by_key(|question| question.text.span);
    reading.document.questions = found;
}

fn holds(section: &Section, offset: u32) -> bool {
    section.span.start <= offset && offset < section.span.end
}

/// Whether a section holds questions. A task's may be about them: "T-6: Ask follow-up questions".
fn is_about(section: &Section) -> bool {
    section.concept == Some(Concept::Questions) && ids::at_start(&section.title.text, 0).is_none()
}

/// Headings below one about questions that are questions themselves, each with its section: what
/// stands there are options and the answer.
fn titled(reading: &Reading<'_>) -> Vec<(Span, Question)> {
    let sections = &reading.document.sections;
    let about = sections.iter().filter(|it| is_about(it));
    let below = about.flat_map(|above| {
        let inside = move |it: &&Section| it.level > above.level && above.span.contains(it.span);
        sections.iter().filter(inside)
    });
    let asked = below.filter(|it| asks(&it.title.text));
    let found = asked.map(|section| {
        let text = section.title.clone();
        let answered = is_answered(reading.source.slice(section.span));
        (section.span, Question { text, answered })
    });
    found.collect()
}

/// Whether a heading is a question: "Q1: …", "Which store?".
fn asks(title: &str) -> bool {
    let number = title.trim().strip_prefix(['Q', 'q']).unwrap_or("");
    let numbered = number.trim_start_matches("uestion ").starts_with(|c: char| c.is_ascii_digit());
    numbered || title.trim_end().ends_with(ASKS)
}

/// Whether the section is one of clarifications: its lists hold reasons too, not only questions.
fn is_clarified(reading: &Reading<'_>, offset: u32) -> bool {
    let mut above = reading.document.sections.iter().filter(|it| holds(it, offset));
    above.any(|section| section.title.text.to_lowercase().contains("clarification"))
}

fn question(reading: &Reading<'_>, item: NodeId) -> Option<Question> {
    let tree = reading.tree;
    let text = blocks::item_text(tree, item, reading.text);
    let whole = reading.source.slice(tree.span(item));
    let line = reading.source.line_of(tree.span(item).start as usize);
    let first = text.split("A:").next().unwrap_or(&text);
    let first = first.trim().trim_start_matches("Q:").trim();
    if first.is_empty() || prose::plain(first).trim_matches(['.', ' ']) == "none" {
        return None;
    }
    let span = Span { start: tree.span(item).start, end: line.end };
    Some(Question { text: Text { text: first.to_owned(), span }, answered: is_answered(whole) })
}

/// An answer that is marked as one and says more than that it is missing; or a struck, ticked or
/// resolved item.
fn is_answered(item: &str) -> bool {
    const MARKS: [&str; 5] = ["a:", "answer:", "decision:", "resolution:", "resolved:"];
    let text = prose::plain(item);
    let answer = MARKS.iter().find_map(|mark| after_mark(&text, mark));
    let ticked = item.contains("[x]") || item.contains("[X]") || item.contains('✅');
    let settled = ["resolved", "decided", "answered"].iter().any(|it| prose::has_word(&text, it));
    ticked || item.contains("~~") || answer.map_or(settled, says_something)
}

/// What follows `mark`, where it begins a word: `a:` is no part of "data:".
fn after_mark<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    let begins = |at: &usize| {
        let before = text.get(..*at).and_then(|it| it.chars().next_back());
        !before.is_some_and(char::is_alphanumeric)
    };
    let at = text.match_indices(mark).map(|(at, _)| at).find(begins)?;
    text.get(at + mark.len()..)
}

fn says_something(answer: &str) -> bool {
    const MISSING: [&str; 8] = ["tbd", "todo", "unknown", "to be", "open", "pending", "[", "?"];
    let answer = answer.trim_start();
    !answer.is_empty() && !MISSING.iter().any(|word| answer.starts_with(word))
}

/// A table of questions: answered where its answer column says something.
fn rows(reading: &Reading<'_>, span: Span) -> Vec<Question> {
    let Some(table) = reading.tables.iter().find(|table| table.view.span == span) else {
        return Vec::new();
    };
    let question = table.column_with(&["question", "issue", "질문"]).unwrap_or(0);
    let answer = table.column_with(&["answer", "decision", "resolution", "outcome", "답변"]);
    let rows = table.view.rows.iter();
    let found = rows.filter_map(|row| {
        let text = reading.cell(row, Some(question))?;
        let words = reading.cell(row, answer).map(|cell| cell.text.to_lowercase());
        let answered = words.is_some_and(|words| !words.starts_with("tbd") && words != "open");
        Some(Question { text, answered })
    });
    found.collect()
}

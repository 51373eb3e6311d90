//! Questions in a section about them, and whether they are answered.

use groundplan_syntax::{Kind, NodeId, Span};

use super::{Reading, blocks, prose};
use crate::document::{Concept, Question, Text};

pub(super) fn read(reading: &mut Reading<'_>) {
    let tree = reading.tree;
    let mut found = Vec::new();
    for node in tree.children(tree.root()) {
        let span = tree.span(node);
        if !reading.is_under(span.start, &[Concept::Questions]) {
            continue;
        }
        match tree.kind(node) {
            Kind::List { .. } => {
                found.extend(tree.children(node).filter_map(|item| question(reading, item)));
            }
            Kind::Table => found.extend(rows(reading, span)),
            _ => {}
        }
    }
    reading.document.questions = found;
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
    let text = prose::plain(item);
    let marks = ["a:", "answer:", "decision:", "resolution:", "resolved:", "resolved", "decided"];
    let answer = marks.iter().find_map(|mark| {
        let at = prose::find_word(&text, mark.trim_end_matches(':'))?;
        let rest = text.get(at + mark.len() - 1..)?;
        (!mark.ends_with(':') || rest.starts_with(':') || text.get(at..)?.starts_with(mark))
            .then_some(rest)
    });
    let is_open = |rest: &str| {
        let rest = rest.trim_start_matches([':', ' ', ')']);
        rest.is_empty()
            || ["tbd", "todo", "unknown", "to be", "open", "pending", "[", "?"]
                .iter()
                .any(|word| rest.starts_with(word))
    };
    let ticked = item.contains("[x]") || item.contains("[X]") || item.contains('✅');
    ticked || item.contains("~~") || answer.is_some_and(|rest| !is_open(rest))
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

//! The tasks of a list, as `next` and `done` see them.

use groundplan_model::Document;
use groundplan_model::document::{ChecklistItem, Mark};
use groundplan_syntax::Span;

/// Whether an item is a task of its own, not the head of those below it.
pub(super) fn is_leaf(document: &Document, index: usize) -> bool {
    let Some(item) = document.checklist.get(index) else { return false };
    let Some(next) = document.checklist.get(index + 1) else { return true };
    let is_below = |id: &str, own: &str| {
        let stem = own.strip_suffix(".0").unwrap_or(own);
        id.strip_prefix(stem).is_some_and(|rest| rest.starts_with('.') && rest != ".0")
    };
    let numbered =
        next.id.as_deref().zip(item.id.as_deref()).is_some_and(|(id, own)| is_below(id, own));
    next.depth <= item.depth && !numbered
}

/// Open tasks in the list's order.
pub(super) fn open(document: &Document) -> impl Iterator<Item = &ChecklistItem> {
    let all = document.checklist.iter().enumerate();
    let is_open = |(index, item): &(usize, &ChecklistItem)| {
        item.mark == Mark::Open && !item.struck && is_leaf(document, *index)
    };
    all.filter(is_open).map(|(_, item)| item)
}

/// The item's lines: its own, and those below it up to the next item or blank line.
pub(super) fn lines_of(document: &Document, item: &ChecklistItem) -> Span {
    let source = &document.source;
    let first = source.line(item.marker.start as usize);
    let mut span = source.line_of(item.marker.start as usize);
    let is_item = |at: Span| {
        let inside = |it: &ChecklistItem| at.start <= it.marker.start && it.marker.start < at.end;
        document.checklist.iter().any(inside)
    };
    for line in first + 1.. {
        let Some(next) = source.line_span(line) else { break };
        let text = source.slice(next);
        if text.trim().is_empty() || !text.starts_with([' ', '\t']) || is_item(next) {
            break;
        }
        span.end = next.end;
    }
    span
}

/// Files that the item names.
pub(super) fn files_of<'a>(document: &'a Document, item: &ChecklistItem) -> Vec<&'a str> {
    let lines = lines_of(document, item);
    let inside = document.source_paths.iter();
    let inside = inside.filter(|it| lines.start <= it.span.start && it.span.end <= lines.end);
    let is_file = |path: &&str| !path.contains(['*', '{', '<']);
    let mut files: Vec<&str> = inside.map(|it| it.text.as_str()).filter(is_file).collect();
    files.dedup();
    files
}

/// Tests that the item names in code marks: `test_two_owners`, `TestOwners`.
pub(super) fn tests_of<'a>(document: &'a Document, item: &ChecklistItem) -> Vec<&'a str> {
    let text = document.source.slice(lines_of(document, item));
    let named = text.split('`').skip(1).step_by(2).map(|it| it.trim_end_matches("()"));
    let is_name = |it: &&str| it.chars().all(|c| c.is_alphanumeric() || c == '_');
    let is_test = |it: &&str| {
        it.starts_with("test_") || it.ends_with("_test") || it.starts_with("Test") && it.len() > 4
    };
    named.filter(is_name).filter(is_test).collect()
}

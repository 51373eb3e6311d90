//! Cells of a table's row by the titles of their columns, for columns that are no fact.

use groundplan_model::Document;
use groundplan_syntax::Span;

/// A cell with its place.
pub(crate) struct Cell<'a> {
    pub(crate) text: &'a str,
    pub(crate) span: Span,
}

/// The cell of the row that stands at `row`, in the first column whose title holds one of `words`.
/// `words` are in lower case.
pub(crate) fn cell<'a>(document: &'a Document, row: Span, words: &[&str]) -> Option<Cell<'a>> {
    let line = document.source.line_of(row.start as usize);
    let header = header(document, line)?;
    let titles = cells(document, header);
    let is_it = |cell: &Cell<'_>| {
        let title = cell.text.to_lowercase();
        words.iter().any(|word| title.contains(word))
    };
    let column = titles.iter().position(is_it)?;
    cells(document, line).into_iter().nth(column)
}

/// The first line of the table that `line` belongs to.
fn header(document: &Document, line: Span) -> Option<Span> {
    let is_row = |line: Span| document.source.slice(line).trim_start().starts_with('|');
    let mut top = is_row(line).then_some(line)?;
    while let Some(end) = top.start.checked_sub(1) {
        let above = document.source.line_of(end as usize);
        if above.start >= top.start || !is_row(above) {
            break;
        }
        top = above;
    }
    (top != line).then_some(top)
}

/// Cells of a line: a bar ends one unless a backslash stands before it.
fn cells(document: &Document, line: Span) -> Vec<Cell<'_>> {
    let text = document.source.slice(line);
    let mut found = Vec::new();
    let mut start = None;
    for (at, _) in text.match_indices('|') {
        if text.get(..at).is_some_and(|before| before.ends_with('\\')) {
            continue;
        }
        if let Some(start) = start {
            found.extend(cell_at(text, line, start, at));
        }
        start = Some(at + 1);
    }
    found
}

fn cell_at(text: &str, line: Span, start: usize, end: usize) -> Option<Cell<'_>> {
    let whole = text.get(start..end)?;
    let inner = whole.trim();
    let from = line.start as usize + start + (whole.len() - whole.trim_start().len());
    Some(Cell { text: inner, span: Span::new(from, from + inner.len()) })
}

#[cfg(test)]
mod tests;

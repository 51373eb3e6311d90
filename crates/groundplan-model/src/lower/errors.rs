//! Documented error answers: rows of error tables, items such as "404: no such order", and sentences
//! that name a status.

mod contract;
mod sentence;
#[cfg(test)]
mod tests;

use groundplan_syntax::{Kind, Span};

use super::index::Item;
use super::{Reading, Table, json, prose};
use crate::Certainty;
use crate::document::{Concept, ErrorCase, Text};

const STATUS: [&str; 20] = [
    "ステータスコード",
    "ステータス",
    "状态码",
    "http status",
    "http code",
    "status code",
    "http",
    "status",
    "error code",
    "code",
    "error codes",
    "http status code",
    "error",
    "response code",
    "response status",
    "expected",
    "expected status",
    "상태 코드",
    "상태",
    "http 상태",
];
const MEANING: [&str; 20] = [
    "説明",
    "内容",
    "意味",
    "描述",
    "meaning",
    "description",
    "cause",
    "when",
    "condition",
    "reason",
    "scenario",
    "error scenario",
    "trigger",
    "message",
    "error",
    "name",
    "category",
    "type",
    "error type",
    "설명",
];
const BODY: [&str; 8] = [
    "response format",
    "response body",
    "body",
    "response",
    "format",
    "example",
    "payload",
    "error response",
];
const PATH: [&str; 4] = ["endpoint", "path", "url", "route"];

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut found = Vec::new();
    for table in &reading.tables {
        table_cases(reading, table, &mut found);
    }
    let numbers = numbers(reading.text);
    if !numbers.is_empty() {
        let is_told = |item: &&Item| numbers.any_in(item.span);
        let items = reading.index.items.iter().filter(is_told);
        found.extend(items.filter_map(|item| item_case(reading, *item)));
        sentence::read(reading, &numbers, &mut found);
    }
    contract::read(reading, &mut found);
    found.sort_by_key(|case: &ErrorCase| case.span);
    reading.document.error_cases = found;
}

/// Places of what may be a number of 400 to 599.
fn numbers(text: &str) -> prose::Triggers {
    let bytes = text.as_bytes();
    let goes_on = |at: &usize| bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
    prose::Triggers::at(memchr::memchr2_iter(b'4', b'5', bytes).filter(goes_on))
}

fn table_cases(reading: &Reading<'_>, table: &Table, found: &mut Vec<ErrorCase>) {
    if table.column(&PATH).is_some() {
        return;
    }
    let columns = STATUS.iter().filter_map(|name| table.column(&[name]));
    let is_status = |column: &usize| {
        let mut cells = table.view.rows.iter().map(|row| reading.cell(row, Some(*column)));
        cells.any(|cell| cell.is_some_and(|cell| error_status(&cell.text).is_some()))
    };
    let Some(column) = columns.into_iter().find(is_status) else { return };
    let meanings = MEANING.iter().filter_map(|name| table.column(&[name]));
    let meaning = meanings.into_iter().find(|other| *other != column);
    let body = table.column(&BODY).filter(|other| *other != column && Some(*other) != meaning);
    for row in &table.view.rows {
        let Some(cell) = reading.cell(row, Some(column)) else { continue };
        let Some(status) = error_status(&cell.text) else { continue };
        let words = reading.cell(row, meaning).unwrap_or_else(|| cell.clone());
        found.push(ErrorCase {
            status,
            span: cell.span,
            statement: row.span,
            meaning: words,
            body: reading.cell(row, body).filter(|body| body.text.contains(['{', '['])),
            certainty: Certainty::Stated,
            endpoint: json::endpoint(reading, cell.span.start),
        });
    }
}

/// "- 404 Not Found: no such order" under a heading or a label about errors.
fn item_case(reading: &Reading<'_>, item: Item) -> Option<ErrorCase> {
    let tree = reading.tree;
    let span = match tree.children(item.node).next().map(|first| (tree.kind(first), first)) {
        Some((Kind::Paragraph, first)) => tree.span(first),
        _ => item.own?,
    };
    let text = reading.source.slice(span).lines().next()?;
    let unboxed = ["[ ] ", "[x] ", "[X] "].iter().find_map(|it| text.strip_prefix(it));
    let body = unboxed.unwrap_or(text).trim_start_matches(['`', '*', ' ']);
    let lead = text.len() - body.len();
    let status = error_status(body.get(..3)?)?;
    let rest = body.get(3..)?;
    if rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '%' | ',')) {
        return None;
    }
    let about_errors = reading.is_under(span.start, &[Concept::Errors, Concept::Api])
        || rest.trim_start().starts_with([':', '`', '-', '–', '—', '*']);
    if !about_errors {
        return None;
    }
    let start = span.start as usize + lead;
    let skip = rest.len() - rest.trim_start_matches(|c: char| " `*:-–—".contains(c)).len();
    let words = rest.get(skip..)?.trim_end();
    let place = Span::new(start + 3 + skip, start + 3 + skip + words.len());
    Some(ErrorCase {
        status,
        span: Span::new(start, start + 3),
        statement: span,
        meaning: Text { text: words.replace('`', ""), span: place },
        body: None,
        certainty: Certainty::Stated,
        endpoint: json::endpoint(reading, span.start),
    })
}

/// A status of 400 to 599 at the start of a cell: `404`, `404 Not Found`, `HTTP 404`.
fn error_status(text: &str) -> Option<u16> {
    let text = text.trim_start_matches("HTTP").trim_matches(['`', '*', ' ']);
    let digits = text.get(..3)?;
    let next = text.get(3..)?.chars().next();
    let status: u16 = digits.parse().ok()?;
    let ends = !next.is_some_and(|c| c.is_alphanumeric());
    (ends && (400..600).contains(&status)).then_some(status)
}

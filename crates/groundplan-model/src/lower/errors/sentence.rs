//! Error answers that a sentence of an item or a cell names: "returns **409** when it is taken",
//! "Invalid request (400)", "401 error on failure".

use groundplan_syntax::{Kind, Span};

use super::super::{Reading, json, prose};
use crate::Certainty;
use crate::document::{Concept, ErrorCase, Text};

/// Words that lead to a status: "returns 409".
const BEFORE: [&str; 12] = [
    "return",
    "returns",
    "returning",
    "respond with",
    "responds with",
    "rejected with",
    "refused with",
    "fails with",
    "status",
    "status code",
    "→",
    "->",
];

/// Words that go on after such a status; after "returns 500 rows" there is no status.
const GOES_ON: [&str; 19] = [
    "if", "when", "on", "for", "with", "without", "and", "or", "unless", "until", "in", "to",
    "instead", "as", "after", "while", "before", "up front", "at once",
];

/// Words with which a status in a list of answers tells when it is given: "(202; 409 while busy)".
const TELLS: [&str; 5] = ["if", "when", "while", "unless", "until"];

/// What stands right after one.
const AFTER: [&str; 18] = [
    "error",
    "エラー",
    "에러",
    "오류",
    "response",
    "status",
    "bad request",
    "unauthorized",
    "forbidden",
    "not found",
    "conflict",
    "gone",
    "unprocessable",
    "too many",
    "internal",
    "bad gateway",
    "service unavailable",
    "gateway timeout",
];

/// Words with which a status in brackets is one: "Invalid request (400)".
const FAULT: [&str; 14] = [
    "error",
    "fail",
    "invalid",
    "unauthor",
    "forbidden",
    "not found",
    "missing",
    "unavailable",
    "timeout",
    "conflict",
    "エラー",
    "失敗",
    "障害",
    "오류",
];

pub(super) fn read(reading: &Reading<'_>, numbers: &prose::Triggers, found: &mut Vec<ErrorCase>) {
    let tree = reading.tree;
    let cells = reading.index.texts.iter().filter(|it| tree.kind(it.node) == Kind::TableCell);
    let cells = cells.map(|it| it.span);
    let items = reading.index.items.iter().flat_map(|item| item.texts(tree));
    for span in cells.chain(items).filter(|it| numbers.any_in(*it)) {
        block(reading, span, found);
    }
}

fn block(reading: &Reading<'_>, span: Span, found: &mut Vec<ErrorCase>) {
    for (at, status) in statuses(reading.source.slice(span)) {
        let start = span.start as usize + at;
        let place = Span::new(start, start + 3);
        let line = reading.source.line_of(start);
        let line = Span { start: line.start.max(span.start), end: line.end.min(span.end) };
        let sentence = reading.source.slice(line);
        let column = start - line.start as usize;
        let has_row = |case: &ErrorCase| {
            case.certainty == Certainty::Stated && case.statement.contains(place)
        };
        if found.iter().any(has_row) || !is_answer(reading, sentence, column, place.start) {
            continue;
        }
        let meaning = prose::trimmed(line, 0, sentence);
        found.push(ErrorCase {
            status,
            span: place,
            statement: line,
            meaning: Text { text: sentence.trim().to_owned(), span: meaning },
            body: None,
            certainty: Certainty::Inferred,
            endpoint: json::endpoint(reading, place.start),
        });
    }
}

/// Numbers of 400 to 599 that are no part of another word or number.
fn statuses(text: &str) -> Vec<(usize, u16)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for at in memchr::memchr2_iter(b'4', b'5', bytes) {
        let Some(status) = text.get(at..at + 3).and_then(|digits| digits.parse().ok()) else {
            continue;
        };
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        let joins = |byte: &u8| byte.is_ascii_alphanumeric() || b"_.-#$~/<>:".contains(byte);
        let after = bytes.get(at + 3);
        let runs_on = |byte: &u8| byte.is_ascii_alphanumeric() || b"_%+".contains(byte);
        if !before.is_some_and(joins) && !after.is_some_and(runs_on) {
            found.push((at, status));
        }
    }
    found
}

/// Whether the number at `at` of `sentence` is the status of an answer.
fn is_answer(reading: &Reading<'_>, sentence: &str, at: usize, offset: u32) -> bool {
    let marks = [' ', '*', '`', '"'];
    let (Some(before), Some(after)) = (sentence.get(..at), sentence.get(at + 3..)) else {
        return false;
    };
    let before = before.trim_end_matches(marks).to_lowercase();
    let after = after.trim_start_matches(marks).to_lowercase();
    // "Given a token → When the API returns 403 → Then …": somebody else's answer, as a condition.
    if after.starts_with(['→']) || after.starts_with("->") {
        return false;
    }
    if before.ends_with("http") || begins_with(&after, &AFTER) {
        return true;
    }
    let ends = |word: &str| {
        let rest = before.strip_suffix(word);
        rest.is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    };
    if BEFORE.iter().any(|word| ends(word)) {
        return !after.starts_with(char::is_alphanumeric) || begins_with(&after, &GOES_ON);
    }
    if before.ends_with([':', ';', ',', '(']) && begins_with(&after, &TELLS) {
        return true;
    }
    let in_brackets =
        before.ends_with(['(', '\u{ff08}']) && after.starts_with([')', '\u{ff09}', ',', '/']);
    let words = sentence.to_lowercase();
    let is_fault = || FAULT.iter().any(|word| words.contains(word));
    in_brackets && (is_fault() || reading.is_under(offset, &[Concept::Errors]))
}

/// Whether `text` begins with one of `words`.
fn begins_with(text: &str, words: &[&str]) -> bool {
    let is_whole = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    words.iter().any(|word| text.strip_prefix(word).is_some_and(is_whole))
}

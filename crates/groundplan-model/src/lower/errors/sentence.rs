//! Error answers that a sentence names: "returns **409** when it is taken", "Invalid request (400)",
//! "401 error on failure". Running text outside of items and cells must be plainer about it.

use groundplan_syntax::{Kind, NodeId, Span};

use super::super::{Reading, blocks, json, labels, prose};
use crate::Certainty;
use crate::document::{Concept, ErrorCase, Text};

/// Words that lead to a status: "returns 409".
const BEFORE: [&str; 18] = [
    "get",
    "gets",
    "return",
    "returns",
    "returning",
    "respond with",
    "responds with",
    "responding with",
    "result in",
    "rejected with",
    "refused with",
    "fails with",
    "status",
    "status code",
    "status code of",
    "http code",
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
const AFTER: [&str; 7] =
    ["error", "エラー", "에러", "오류", "response", "responses with", "status"];

/// How the names of statuses begin (RFC 9110, section 15), as they stand right after one.
const NAMES: [&str; 16] = [
    "bad request",
    "unauthorized",
    "forbidden",
    "not found",
    "method not",
    "not acceptable",
    "request timeout",
    "conflict",
    "gone",
    "precondition",
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
    let is_told = |node: &NodeId| numbers.any_in(tree.span(*node));
    let told = reading.index.tops.iter().filter(|it| numbers.any_in(it.span));
    let blocks = told.map(|it| it.node);
    let nodes = blocks.flat_map(|block| std::iter::once(block).chain(tree.descendants(block)));
    let is_read =
        |it: &NodeId| matches!(tree.kind(*it), Kind::TableCell | Kind::Item | Kind::Paragraph);
    let mut items_end = 0;
    for node in nodes.filter(|it| is_read(it) && is_told(it)) {
        match tree.kind(node) {
            Kind::TableCell => block(reading, tree.span(node), is_answer, found),
            Kind::Item => {
                items_end = items_end.max(tree.span(node).end);
                for span in texts(reading, node) {
                    block(reading, span, is_answer, found);
                }
            }
            Kind::Paragraph if tree.span(node).start >= items_end => {
                block(reading, tree.span(node), is_plain_answer, found);
            }
            _ => {}
        }
    }
}

/// The running text of an item, without the lists inside it.
fn texts(reading: &Reading<'_>, item: NodeId) -> Vec<Span> {
    let tree = reading.tree;
    let paragraphs = tree.children(item).filter(|node| tree.kind(*node) == Kind::Paragraph);
    let own = blocks::own_text(tree, item).into_iter();
    own.chain(paragraphs.map(|node| tree.span(node))).collect()
}

/// Whether the number at an offset of a sentence is the status of an answer; the last argument is the
/// number's place in the document.
type Judge = fn(&Reading<'_>, &str, usize, u32) -> bool;

fn block(reading: &Reading<'_>, span: Span, is_answer: Judge, found: &mut Vec<ErrorCase>) {
    for (at, status) in statuses(reading.source.slice(span)) {
        let start = span.start as usize + at;
        let place = Span::new(start, start + 3);
        let line = reading.source.line_of(start);
        let line = Span { start: line.start.max(span.start), end: line.end.min(span.end) };
        let line = prose::readable(reading.text, line, start);
        let sentence = reading.source.slice(line);
        let column = start - line.start as usize;
        let has_row = |case: &ErrorCase| {
            case.certainty == Certainty::Stated && case.statement.contains(place)
        };
        if found.iter().any(has_row) || !is_answer(reading, sentence, column, place.start) {
            continue;
        }
        let meaning = prose::trimmed(line, 0, sentence);
        let rest = reading.source.slice(Span { start: line.start, end: span.end });
        found.push(ErrorCase {
            status,
            span: place,
            statement: line,
            meaning: Text { text: labels::unwrapped(rest).trim().to_owned(), span: meaning },
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
        let is_listed = text.get(..at).is_some_and(|before| without_list(before).len() < at);
        let after = bytes.get(at + 3);
        let runs_on = |byte: &u8| byte.is_ascii_alphanumeric() || b"_%+".contains(byte);
        if (is_listed || !before.is_some_and(joins)) && !after.is_some_and(runs_on) {
            found.push((at, status));
        }
    }
    found
}

/// Whether the number at `at` of `sentence` is the status of an answer.
fn is_answer(reading: &Reading<'_>, sentence: &str, at: usize, offset: u32) -> bool {
    let Some(Sides { before, after }) = Sides::of(sentence, at) else { return false };
    // "Given a token → When the API returns 403 → Then …": somebody else's answer, as a condition.
    if after.starts_with(['→']) || after.starts_with("->") {
        return false;
    }
    if before.ends_with("http") || begins_with(&after, &AFTER) || is_named(&after) {
        return true;
    }
    if is_labelled(&before) {
        return true;
    }
    if is_led_to(&before) {
        return !after.starts_with(char::is_alphanumeric)
            || begins_with(&after, &GOES_ON)
            || names_code(sentence, at);
    }
    if before.ends_with([':', ';', ',', '(']) && begins_with(&after, &TELLS) {
        return true;
    }
    let in_brackets =
        before.ends_with(['(', '\u{ff08}']) && after.starts_with([')', '\u{ff09}', ',', '/']);
    let words = prose::lower_case(sentence);
    let is_fault = || FAULT.iter().any(|word| words.contains(word));
    // "Returns 201, 422 on invalid input."
    if before.ends_with([',', ';']) && begins_with(&after, &["on", "for"]) && is_fault() {
        return true;
    }
    in_brackets && (is_fault() || reading.is_under(offset, &[Concept::Errors]))
}

/// Whether running text that no item and no cell holds says that the number at `at` is an answer:
/// "responds with 403 `FORBIDDEN`", "Unknown key (401 Unauthorized):". Such text tells stories as
/// well: what a client saw, what another service does.
fn is_plain_answer(_: &Reading<'_>, sentence: &str, at: usize, _: u32) -> bool {
    const STORIES: [&str; 9] =
        ["given", "when ", "whenever ", "if ", "currently", "today", "existing", "handle", "catch"];
    let Some(Sides { before, after }) = Sides::of(sentence, at) else { return false };
    let is_story = || {
        let clause = before.rsplit([',', '.', ';', '(']).next().unwrap_or("");
        let clause = clause.trim_start_matches(['*', '_', ' ']);
        STORIES.iter().any(|word| clause.starts_with(word)) || after.starts_with('→')
    };
    let has_name = is_named(&after) || names_long_code(sentence, at);
    let ends = || !after.starts_with(char::is_alphanumeric) || begins_with(&after, &GOES_ON);
    let is_answered = || {
        let is_whole = begins_with(&after, &AFTER) || names_code(sentence, at) || ends();
        (before.ends_with("http") || is_led_to(&before)) && is_whole
    };
    (has_name || is_answered() || is_quoted(sentence, at)) && !is_story()
}

/// What stands on either side of a status, in lower case and without markup.
struct Sides {
    before: String,
    after: String,
}

impl Sides {
    fn of(sentence: &str, at: usize) -> Option<Self> {
        let marks = [' ', '*', '`', '"'];
        let before = without_list(sentence.get(..at)?).trim_end_matches(marks);
        let after = sentence.get(at + 3..)?.trim_start_matches(marks);
        Some(Self { before: prose::lower_case(before), after: prose::lower_case(after) })
    }
}

/// `text` without the statuses that stand before another one: "returns " of "returns 404/409/".
fn without_list(text: &str) -> &str {
    let mut rest = text;
    while let Some(before) = rest.strip_suffix('/') {
        let digits = before.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_status = before.get(digits.len()..).is_some_and(|it| it.len() == 3);
        if !is_status || digits.ends_with(|c: char| c.is_alphanumeric() || "._-/".contains(c)) {
            break;
        }
        rest = digits;
    }
    rest
}

/// Whether the status' own name follows, set off or not: "404 Not Found", "404 (Not Found)".
fn is_named(after: &str) -> bool {
    begins_with(after.trim_start_matches(['(', '-', '–', '—', ' ', '*', '`']), &NAMES)
}

/// Whether a status is the value of a line of its own: "Response: 404 with a message".
fn is_labelled(before: &str) -> bool {
    const LABELS: [&str; 7] = [
        "response",
        "status",
        "status code",
        "http status",
        "returns",
        "expected",
        "expected response",
    ];
    let label = before.trim_start_matches(['-', '*', ' ']).strip_suffix(':');
    label.is_some_and(|it| LABELS.contains(&it.trim_end_matches('*')))
}

/// Whether `before` ends with one of [`BEFORE`], an article and one more word read over: "returns a",
/// "→ structured".
fn is_led_to(before: &str) -> bool {
    if leads(without_article(before)) {
        return true;
    }
    let is_part = |c: char| c.is_ascii_alphabetic() || c == '-';
    let body = before.trim_end_matches(is_part);
    let Some(rest) = body.strip_suffix(' ') else { return false };
    let has_article = without_article(rest).len() < rest.len();
    body.len() < before.len()
        && (has_article || rest.ends_with(['→', '>']))
        && leads(without_article(rest))
}

fn without_article(text: &str) -> &str {
    let body = ["a", "an", "the"].iter().find_map(|it| text.strip_suffix(it)?.strip_suffix(' '));
    body.unwrap_or(text)
}

fn leads(text: &str) -> bool {
    BEFORE.iter().any(|word| {
        let rest = text.strip_suffix(word);
        let is_arrow = !word.ends_with(|c: char| c.is_ascii_alphabetic());
        rest.is_some_and(|rest| is_arrow || !rest.ends_with(char::is_alphanumeric))
    })
}

/// Whether the name of the error in marks of code follows the status: "403 `M_FORBIDDEN`".
fn names_code(sentence: &str, at: usize) -> bool {
    let after = sentence.get(at + 3..).unwrap_or("").trim_start_matches(['*', '`', ' ']);
    let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    after.find(|c: char| !is_part(c)).unwrap_or(after.len()) >= 4
}

/// Whether that name is of several words, which no count is followed by.
fn names_long_code(sentence: &str, at: usize) -> bool {
    let after = sentence.get(at + 3..).unwrap_or("").trim_start_matches(['*', '`', ' ']);
    names_code(sentence, at) && after.split(['`', ' ']).next().is_some_and(|it| it.contains('_'))
}

/// Whether the status begins a line and its meaning follows after a tab, as in a copied table.
fn is_quoted(sentence: &str, at: usize) -> bool {
    let before = sentence.get(..at).unwrap_or("");
    let after = sentence.get(at + 3..).unwrap_or("").trim_start_matches(' ');
    before.trim_matches(['>', ' ']).is_empty() && after.starts_with('\t')
}

/// Whether `text` begins with one of `words`.
fn begins_with(text: &str, words: &[&str]) -> bool {
    let is_whole = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    words.iter().any(|word| text.strip_prefix(word).is_some_and(is_whole))
}

//! `word-doubled`: a small word that stands twice in a row.

use groundplan_model::document::Form;
use groundplan_model::{Document, Severity};
use groundplan_syntax::{Edit, Span};

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "word-doubled",
    group: "wording",
    summary: "a small word stands twice in a row",
    page: include_str!("word_doubled.md"),
    severity: Severity::Info,
    by_status: false,
    fix: FixKind::Unsafe,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// Words that no sentence has twice in a row. "That that" and "had had" may be meant.
const WORDS: [&str; 32] = [
    "the", "to", "of", "in", "is", "and", "for", "on", "be", "as", "are", "it", "by", "or", "at",
    "we", "if", "an", "not", "you", "can", "its", "with", "from", "this", "will", "when", "than",
    "into", "they", "was", "but",
];
/// Bytes that are compared at once.
const STEP: usize = 32;

/// Two bytes, two bytes further on, and the one between them.
type Letters<'a> = (((&'a u8, &'a u8), (&'a u8, &'a u8)), &'a u8);

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let text = document.source.text();
    for length in 2..=4 {
        for at in repeated(text.as_bytes(), length) {
            let Some(word) = doubled(text, at, length) else { continue };
            let span = Span::new(at + length, at + 2 * length + 1);
            if is_running(document, span) {
                report(word, span, findings);
            }
        }
    }
}

fn report(word: &str, span: Span, findings: &mut Findings<'_>) {
    let second = Span { start: span.start + 1, ..span };
    findings
        .report(second, format!("`{word}` stands twice in a row"))
        .help("take one out, or put in the word that it stands for")
        .unsafe_fix(format!("take out the second `{word}`"), vec![Edit::replace(span, "")]);
}

/// Places where two bytes, white space behind `length` of them, and the same two bytes stand: a step
/// has no branch a byte, so that the compiler makes a few wide steps of it.
fn repeated(bytes: &[u8], length: usize) -> Vec<usize> {
    let from = |start: usize| bytes.get(start..).unwrap_or_default();
    let chunks = |start: usize| from(start).as_chunks::<STEP>().0;
    let first = chunks(0).iter().zip(chunks(1));
    let second = chunks(length + 1).iter().zip(chunks(length + 2));
    let steps = first.zip(second).zip(chunks(length));
    let mut found = Vec::new();
    let mut done = 0;
    for (((a, b), (c, d)), gap) in steps {
        let letters = a.iter().zip(b).zip(c.iter().zip(d)).zip(gap);
        if letters.clone().fold(false, |any, it| any | is_repeated(it)) {
            let hits = letters.enumerate().filter(|(_, it)| is_repeated(*it));
            found.extend(hits.map(|(at, _)| done + at));
        }
        done += STEP;
    }
    let pairs = from(done).iter().zip(from(done + 1));
    let others = from(done + length + 1).iter().zip(from(done + length + 2));
    let rest = pairs.zip(others).zip(from(done + length)).enumerate();
    found.extend(rest.filter(|(_, it)| is_repeated(*it)).map(|(at, _)| done + at));
    found
}

fn is_repeated((((a, b), (c, d)), gap): Letters<'_>) -> bool {
    ((*gap == b' ') | (*gap == b'\n')) & (a | 0x20 == *c) & (b == d) & (*a > b'@')
}

/// The word at `at` where it is one of [`WORDS`] and follows once more.
fn doubled(text: &str, at: usize, length: usize) -> Option<&str> {
    let first = text.get(at..at + length)?;
    let second = text.get(at + length + 1..at + 2 * length + 1)?;
    let is_part = |c: char| c.is_alphanumeric() || "_-'’/.`\"".contains(c);
    let before = text.get(..at)?.chars().next_back();
    let mut after = text.get(at + 2 * length + 1..)?.chars();
    let next = after.next();
    let ends = !next.is_some_and(|c| is_part(c) && c != '.') || next == Some('.');
    let is_word = WORDS.contains(&second) && first.eq_ignore_ascii_case(second);
    (is_word && !before.is_some_and(is_part) && ends).then_some(second)
}

/// Whether `span` is a sentence's own: not code, not quoted, and not in a comment.
fn is_running(document: &Document, span: Span) -> bool {
    let text = document.source.text();
    let before = text.get(..span.start as usize).unwrap_or("");
    let in_comment = before.rfind("<!--") > before.rfind("-->");
    let line = document.source.line_of(span.start as usize);
    let own = Span { start: line.start, end: span.start };
    let in_code = document.source.slice(own).matches('`').count() % 2 == 1;
    let is_rest = document.form_of(span) != Form::Fence && !in_code && !in_comment;
    // The second word may begin the next line; a list or a quote there is no part of the sentence.
    is_rest && !before.ends_with("\n\n")
}

#[cfg(test)]
mod tests;

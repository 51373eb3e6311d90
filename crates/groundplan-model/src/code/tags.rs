//! Ids of requirements in comments: our own tags, and those of OpenFastTrace, Tracey, StrictDoc and
//! LOBSTER.

mod forms;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::syntax::{Item, ItemKind, Lines, Syntax};
use super::{CodeFile, Language, Reader, Tag, TagForm};
use crate::Certainty;
use crate::lower::ids;

/// Words of which every tag holds one; the last ones are those of plain ids.
const WORDS: &[&str] = &[
    "[impl",
    "[test",
    "[verify",
    "[depends",
    "[related",
    "->",
    "@relation(",
    "lobster-trace:",
    "FR-",
    "REQ-",
    "US-",
    "AC-",
    "BR-",
    "UC-",
    "SR-",
    "TR-",
    "SC-",
    "STORY-",
    "EPIC-",
];

pub(super) static READERS: &[Reader] = &[Reader {
    languages: &[
        Language::Rust,
        Language::Python,
        Language::JavaScript,
        Language::TypeScript,
        Language::Tsx,
        Language::Go,
        Language::Java,
    ],
    words: WORDS,
    read,
}];

fn read(syntax: &Syntax<'_>, file: &mut CodeFile) {
    for comment in &syntax.comments {
        let text = syntax.slice(comment.clone());
        let found = tags(text, comment.start, |range| syntax.place(range));
        if !found.is_empty() {
            let item = bound(syntax, comment);
            file.tags.extend(found.into_iter().map(|tag| Tag { item: item.clone(), ..tag }));
        }
    }
}

/// What stands behind a mark of comments, in files that no grammar reads.
pub(super) fn read_lines(file: &mut CodeFile, text: &str) {
    if !WORDS.iter().any(|it| memchr::memmem::find(text.as_bytes(), it.as_bytes()).is_some()) {
        return;
    }
    let lines = Lines::of(text);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let marks = ["--", "//", "#"].iter().filter_map(|mark| line.find(mark));
        let Some(mark) = marks.min() else { continue };
        let comment = line.get(mark..).unwrap_or("");
        file.tags.extend(tags(comment, start + mark, |range| lines.place(range)));
    }
}

/// Every tag of a comment that begins at `base`; plain ids only where no tag holds them.
fn tags(text: &str, base: usize, place: impl Fn(&Range<usize>) -> super::Place) -> Vec<Tag> {
    let mut found: Vec<(Range<usize>, Tag)> = Vec::new();
    for it in forms::all(text) {
        let range = base + it.at.start..base + it.at.end;
        let tag = Tag {
            kind: it.kind,
            id: it.id,
            revision: it.revision,
            form: it.form,
            item: None,
            place: place(&range),
            certainty: Certainty::Stated,
        };
        found.push((range, tag));
    }
    for id in ids::all(text, base).into_iter().filter(|id| id.is_known()) {
        let range = id.span.range();
        let is_told =
            found.iter().any(|(told, _)| told.start <= range.start && range.end <= told.end);
        if !is_told {
            found.push((range.clone(), plain("mention", id.text, place(&range))));
        }
    }
    found.into_iter().map(|it| it.1).collect()
}

/// An id without a tag around it.
pub(super) fn plain(kind: &str, id: &str, place: super::Place) -> Tag {
    Tag {
        kind: kind.to_owned(),
        id: id.to_owned(),
        revision: None,
        form: TagForm::Plain,
        item: None,
        place,
        certainty: Certainty::Guessed,
    }
}

/// The item that a comment belongs to: the function that holds it, or else the one that begins right
/// below it.
fn bound(syntax: &Syntax<'_>, comment: &Range<usize>) -> Option<String> {
    let named = || syntax.items.iter().enumerate().filter(|(_, it)| is_lasting(syntax, it));
    let holds = |range: &Range<usize>| range.start <= comment.start && comment.end <= range.end;
    let inside = named().filter(|(_, it)| it.kind == ItemKind::Function && holds(&it.range));
    let around = inside.max_by_key(|(_, it)| it.range.start);
    let below = || {
        let behind = named().filter(|(_, it)| it.range.start >= comment.end);
        let next = behind.min_by_key(|(_, it)| it.range.start)?;
        is_next(syntax.slice(comment.end..next.1.range.start)).then_some(next)
    };
    around.or_else(below).map(|(at, _)| qualified(syntax, at))
}

/// Whether an item has a name and is no part of a function with one.
fn is_lasting(syntax: &Syntax<'_>, item: &Item<'_>) -> bool {
    let around = item.parent.and_then(|it| syntax.items.get(it));
    let is_local = around.is_some_and(|it| it.kind == ItemKind::Function && !it.name.is_empty());
    !item.name.is_empty() && !is_local
}

/// Whether only comments, attributes and words before a definition stand between two places.
fn is_next(between: &str) -> bool {
    let mut lines: Vec<&str> = between.split('\n').map(str::trim).collect();
    // The first is the rest of the comment's own line, the last the beginning of the item's.
    let words = lines.pop().unwrap_or("");
    let is_bare = |line: &&str| line.starts_with(['@', '#', '/', '*', ')']);
    let is_word = |c: char| c.is_alphanumeric() || " ()@_\"'.<>=,/".contains(c);
    lines.iter().skip(1).all(is_bare) && words.chars().all(is_word)
}

/// The name of an item behind that of the type around it.
pub(super) fn qualified(syntax: &Syntax<'_>, at: usize) -> String {
    let Some(item) = syntax.items.get(at) else { return String::new() };
    let around = item.parent.and_then(|it| syntax.items.get(it));
    match around.filter(|it| it.kind == ItemKind::Type && !it.name.is_empty()) {
        Some(around) => format!("{}.{}", around.name, item.name),
        None => item.name.to_owned(),
    }
}

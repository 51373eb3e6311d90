//! How tags are written, one function a form.

use std::ops::Range;

use crate::code::TagForm;

/// What a tag of ours says that code is to a requirement.
const KINDS: [&str; 5] = ["impl", "test", "verify", "depends", "related"];

/// A tag in a text.
pub(super) struct Written {
    pub(super) kind: String,
    pub(super) id: String,
    pub(super) revision: Option<u32>,
    pub(super) form: TagForm,
    /// Where its id stands.
    pub(super) at: Range<usize>,
}

/// Every form.
const FORMS: [fn(&str) -> Vec<Written>; 3] = [brackets, relation, lobster];

/// Every tag of a comment.
pub(super) fn all(text: &str) -> Vec<Written> {
    FORMS.iter().flat_map(|form| form(text)).collect()
}

/// `[impl a.b+2, c.d]`, the same behind `r`, and `[impl->dsn~login~1]`.
fn brackets(text: &str) -> Vec<Written> {
    let mut found = Vec::new();
    for (open, _) in text.match_indices('[').filter(|(open, _)| !is_quoted(text, *open)) {
        let inner = text.get(open + 1..).unwrap_or("");
        let Some(inner) = inner.find([']', '[', '\n']).and_then(|end| inner.get(..end)) else {
            continue;
        };
        let base = open + 1;
        if let Some((head, ids)) = inner.split_once("->") {
            found.extend(fast_trace(head, ids, base + head.len() + 2));
        } else if let Some((kind, ids)) = inner.split_once(' ').filter(|it| KINDS.contains(&it.0)) {
            let form = form_before(text, open);
            let parts = parts(ids, base + kind.len() + 1);
            found.extend(parts.filter_map(|(id, at)| revised(kind, id, at, form)));
        }
    }
    found
}

/// Whether a tag stands in marks of code: a comment that tells how tags are written.
fn is_quoted(text: &str, open: usize) -> bool {
    let before = text.get(..open).unwrap_or("");
    before.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).ends_with('`')
}

/// Tracey puts the name of a specification before the bracket.
fn form_before(text: &str, open: usize) -> TagForm {
    let before = text.get(..open).unwrap_or("");
    let is_named = before.ends_with(|c: char| c.is_ascii_lowercase());
    if is_named { TagForm::Tracey } else { TagForm::Native }
}

/// Parts between commas, each with its place.
fn parts(list: &str, base: usize) -> impl Iterator<Item = (&str, usize)> {
    let mut at = base;
    list.split(',').map(move |part| {
        let start = at + part.len() - part.trim_start().len();
        at += part.len() + 1;
        (part.trim(), start)
    })
}

/// `billing.retry-limit+2`; `001_PRD.md#FR-1` names the document, too.
fn revised(kind: &str, written: &str, at: usize, form: TagForm) -> Option<Written> {
    let (id, revision) = match written.rsplit_once('+') {
        Some((id, revision)) => (id, Some(revision.parse().ok()?)),
        None => (written, None),
    };
    let is_part = |c: char| c.is_alphanumeric() || ".-_/:~#|".contains(c);
    let counts = !id.is_empty() && id.chars().all(is_part);
    let at = at..at + written.len();
    counts.then(|| Written { kind: kind.to_owned(), id: id.to_owned(), revision, form, at })
}

/// `impl` or `impl~name~2` before the arrow; `dsn~login~1, dsn~logout~1 >> utest` behind it.
fn fast_trace(head: &str, ids: &str, base: usize) -> Vec<Written> {
    let kind = head.trim().split('~').next().unwrap_or("");
    if kind.is_empty() || !kind.bytes().all(|it| it.is_ascii_alphanumeric()) {
        return Vec::new();
    }
    let ids = ids.split(">>").next().unwrap_or(ids);
    let read = |(written, at): (&str, usize)| {
        let (id, revision) = written.rsplit_once('~')?;
        let (form, kind) = (TagForm::OpenFastTrace, kind.to_owned());
        let (revision, at) = (Some(revision.parse().ok()?), at..at + written.len());
        id.contains('~').then(|| Written { kind, id: id.to_owned(), revision, form, at })
    };
    parts(ids, base).filter_map(read).collect()
}

/// `@relation(REQ-1, REQ-2, scope=function, role=Implementation)`
fn relation(text: &str) -> Vec<Written> {
    const WORD: &str = "@relation(";
    let mut found = Vec::new();
    for (open, _) in text.match_indices(WORD).filter(|(open, _)| !is_quoted(text, *open)) {
        let start = open + WORD.len();
        let inner = text.get(start..).unwrap_or("").split(')').next().unwrap_or("");
        let role = inner.split(',').find_map(|it| it.trim().strip_prefix("role="));
        let kind = role.unwrap_or("relation").trim().to_lowercase();
        let ids = parts(inner, start).filter(|(part, _)| !part.contains('=') && !part.is_empty());
        found.extend(ids.filter_map(|(id, at)| revised(&kind, id, at, TagForm::StrictDoc)));
    }
    found
}

/// `lobster-trace: package.requirement, package.other`
fn lobster(text: &str) -> Vec<Written> {
    const WORD: &str = "lobster-trace:";
    let mut found = Vec::new();
    for (open, _) in text.match_indices(WORD).filter(|(open, _)| !is_quoted(text, *open)) {
        let start = open + WORD.len();
        let line = text.get(start..).unwrap_or("").lines().next().unwrap_or("");
        let ids = parts(line, start).map(|(part, at)| (part.trim_end_matches("*/").trim(), at));
        found.extend(ids.filter_map(|(id, at)| revised("trace", id, at, TagForm::Lobster)));
    }
    found
}

//! Items with a box, in every list of the document.

#[cfg(test)]
mod tests;

use groundplan_syntax::{Kind, NodeId, Span};

use super::{Reading, blocks, prose};
use crate::document::{ChecklistItem, Mark, Text};

pub(super) fn read(reading: &mut Reading<'_>) {
    let tree = reading.tree;
    let mut found = Vec::new();
    // Items around the one that is read.
    let mut open: Vec<NodeId> = Vec::new();
    for item in &reading.index.items {
        open.truncate(open.iter().position(|it| !tree.holds(*it, item.node)).unwrap_or(open.len()));
        found.extend(task(reading, item.node, open.len()));
        open.push(item.node);
    }
    reading.document.checklist = found;
}

fn task(reading: &Reading<'_>, node: NodeId, depth: usize) -> Option<ChecklistItem> {
    let tree = reading.tree;
    let first = tree.children(node).next()?;
    // Boxes begin so, and words that are struck out with theirs; most items begin with a letter.
    if !matches!(reading.text.as_bytes().get(tree.span(first).range().start)?, b'[' | b'~') {
        return None;
    }
    let (mark, marker) = ticked(reading, first).or_else(|| other_mark(reading, node, first))?;
    let whole = blocks::item_text(tree, node, reading.text);
    let text = whole.strip_prefix(reading.source.slice(marker)).unwrap_or(&whole);
    let text = prose::trim(text.strip_prefix("* ").unwrap_or(text));
    let text = if text.len() == whole.len() { whole } else { text.to_owned() };
    let line_end = reading.source.line_of(marker.start as usize).end;
    let rest = Span { start: marker.end, end: line_end.max(marker.end) };
    let raw = reading.source.slice(rest);
    let span = prose::trimmed(rest, 0, raw);
    let before = reading.text.get(..marker.start as usize).unwrap_or("");
    let struck = prose::trim(raw).starts_with("~~") || before.ends_with("~~");
    let id = id(&text);
    Some(ChecklistItem { mark, marker, id, text: Text { text, span }, depth, struck })
}

/// `1.1`, `2.`, `T001`, `Task 3`, `DX-12` at the start of an item.
fn id(text: &str) -> Option<String> {
    let body = text.trim_start_matches(['*', '~', '`', ' ', '[']);
    let body = body.strip_prefix("Task ").unwrap_or(body);
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let len = body.find(|c: char| !is_part(c)).unwrap_or(body.len());
    let word = body.get(..len)?.trim_end_matches(['.', '-']);
    let after = body.get(word.len()..)?;
    let ends = after.is_empty() || after.starts_with([' ', '.', ':', ')', ']', '*', '~', '`']);
    let digits = |it: &str| !it.is_empty() && it.chars().all(|c| c.is_ascii_digit());
    let numbered = word.contains('.') && word.split('.').all(digits)
        || digits(word) && after.starts_with(['.', ')', ':']);
    let core = without_variant(word);
    let letters = core.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = core.get(letters.len()..)?;
    // A date is none.
    let named = letters.starts_with(|c: char| c.is_ascii_uppercase())
        && number.starts_with(|c: char| c.is_ascii_digit())
        && letters.chars().all(|c| c.is_ascii_uppercase() || c == '-' || c.is_ascii_digit())
        && (letters.ends_with('-') || letters == "T" || letters.len() == 1 && is_set_off(after));
    (ends && (numbered || named)).then(|| word.to_owned())
}

/// An id without the letter that tells variants apart: that of `M4a`.
fn without_variant(word: &str) -> &str {
    let core = word.strip_suffix(|c: char| c.is_ascii_lowercase());
    core.filter(|it| it.ends_with(|c: char| c.is_ascii_digit())).unwrap_or(word)
}

/// Whether an id stands apart from the words after it: "M1: Contract", "M1 — Contract".
fn is_set_off(after: &str) -> bool {
    let next = after.trim_start_matches('*').trim_start();
    after.starts_with(':') || next.starts_with(['—', '–']) || next.starts_with("- ")
}

/// A box that GFM knows: in the item itself, or in its first paragraph.
fn ticked(reading: &Reading<'_>, first: NodeId) -> Option<(Mark, Span)> {
    let tree = reading.tree;
    let inner = tree.children(first).next();
    let marker = std::iter::once(first).chain(inner).find_map(|it| match tree.kind(it) {
        Kind::TaskMarker(done) => Some((done, tree.span(it))),
        _ => None,
    });
    marker.map(|(done, span)| (if done { Mark::Done } else { Mark::Open }, span))
}

/// `[~]`, `[?]`, `[-]`, `[✓]`: boxes that GFM reads as text. And `[ ]*`, the box of a task that may
/// be left out.
fn other_mark(reading: &Reading<'_>, node: NodeId, first: NodeId) -> Option<(Mark, Span)> {
    let tree = reading.tree;
    let span = tree.span(first);
    let text = reading.source.slice(Span { end: tree.span(node).end, ..span });
    if !text.starts_with(['[', '~']) {
        return None;
    }
    // `~~[x] struck~~`: the box is struck out with its words.
    let struck = text.strip_prefix("~~").filter(|it| it.starts_with('['));
    let lead = struck.map_or(0, |_| 2);
    let text = struck.unwrap_or(text);
    let mut chars = text.chars();
    let (open, mark, close) = (chars.next()?, chars.next()?, chars.next()?);
    let next = chars.next();
    let is_box = open == '[' && close == ']' && next.is_none_or(char::is_whitespace);
    let is_optional = open == '[' && close == ']' && next == Some('*') && chars.next() == Some(' ');
    let is_mark = !mark.is_alphanumeric() && !mark.is_whitespace() || mark == '✓';
    let is_plain = matches!(mark, ' ' | 'x' | 'X');
    let may_be_plain = is_optional || struck.is_some() && is_box;
    (is_box && is_mark || may_be_plain && (is_mark || is_plain)).then(|| {
        let start = span.start as usize + lead;
        let mark = match mark {
            '✓' | '✔' | '✅' | 'x' | 'X' => Mark::Done,
            ' ' => Mark::Open,
            _ => Mark::Other(mark),
        };
        let len: usize = text.chars().take(3).map(char::len_utf8).sum();
        (mark, Span::new(start, start + len))
    })
}

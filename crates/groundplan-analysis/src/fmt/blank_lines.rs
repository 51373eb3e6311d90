//! At most two blank lines follow one another, and a text ends with one line end.

use groundplan_syntax::{Edit, Kind, Span};

use super::look::{Look, Places, is_verbatim};

/// Blank lines that stay of a run.
const MOST: usize = 2;

pub(super) fn edits(look: &Look<'_>) -> Vec<Edit> {
    let verbatim = Places::of(look, is_verbatim);
    let mut edits = runs(look);
    edits.extend(end(look));
    edits.retain(|edit| !verbatim.touch(edit.span));
    edits
}

/// What is too much of each run that has text behind it.
fn runs(look: &Look<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut blanks: Vec<Span> = Vec::new();
    for line in (1..=look.source.line_count()).filter_map(|line| look.source.line_span(line)) {
        if look.source.slice(line).trim_matches([' ', '\t']).is_empty() {
            blanks.push(line);
            continue;
        }
        if let Some(first) = blanks.get(MOST) {
            edits.push(Edit::replace(Span { start: first.start, end: line.start }, ""));
        }
        blanks.clear();
    }
    edits
}

/// One line end at the end, of the text's own kind.
fn end(look: &Look<'_>) -> Option<Edit> {
    let text = look.text();
    let kept = text.trim_end_matches([' ', '\t', '\r', '\n']).len();
    let rest = text.get(kept..).filter(|_| kept > 0)?;
    let is_open = |id| matches!(look.tree.kind(id), Kind::Fence { closed: false, .. });
    if look.tree.descendants(look.tree.root()).any(is_open) {
        return None;
    }
    match rest.find('\n').map(|at| at + 1) {
        Some(first) if first == rest.len() => None,
        Some(first) => Some(Edit::replace(Span::new(kept + first, text.len()), "")),
        None => Some(Edit::insert(text.len(), line_end(text))),
    }
}

/// The line end that a text has.
pub(super) fn line_end(text: &str) -> &'static str {
    let first = text.find('\n').and_then(|at| text.get(..at));
    if first.is_some_and(|line| line.ends_with('\r')) { "\r\n" } else { "\n" }
}

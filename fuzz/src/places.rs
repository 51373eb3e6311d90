//! Places: every span is text of the document.

use std::fmt::Debug;

use groundplan_syntax::{Source, Span};

/// Fails where `span` is no text of `source`: out of bounds, the wrong way round, or inside a
/// character.
pub fn lies_in(source: &Source, span: Span, what: &str) {
    let inside = span.start <= span.end && source.text().get(span.range()).is_some();
    assert!(inside, "{what}: {span:?} is no text of {} bytes", source.text().len());
}

/// Every span anywhere in `value`.
///
/// Read from its debug form, so that a kind of fact that is new tomorrow is looked at as well: a
/// list of all fields here would be a list to forget one in.
pub(crate) fn spans(value: &impl Debug) -> Vec<Span> {
    let text = without_literals(&format!("{value:?}"));
    text.split("Span { start: ").skip(1).filter_map(span).collect()
}

fn span(rest: &str) -> Option<Span> {
    let (start, rest) = rest.split_once(", end: ")?;
    let (end, _) = rest.split_once(" }")?;
    Some(Span { start: start.parse().ok()?, end: end.parse().ok()? })
}

/// Strings and characters go: a document may well hold the words that we look for.
fn without_literals(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(it) = chars.next() {
        if it == '"' || it == '\'' {
            skip_literal(&mut chars, it);
        } else {
            kept.push(it);
        }
    }
    kept
}

fn skip_literal(chars: &mut std::str::Chars<'_>, quote: char) {
    while let Some(it) = chars.next() {
        match it {
            '\\' => drop(chars.next()),
            it if it == quote => return,
            _ => {}
        }
    }
}

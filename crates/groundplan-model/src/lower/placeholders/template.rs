//! Templates that nobody filled in at all: where most brackets hold a template's words, the others
//! are places to fill in as well, in running text and in the sketches of code blocks.

use groundplan_syntax::Span;

use super::super::{Reading, blocks::TextBlock};
use super::{is_counted, is_filled, is_tag};
use crate::Certainty;
use crate::document::{Placeholder, Text};

/// So many places a document has at least before it may be a template.
const ENOUGH: usize = 10;

/// Adds the other places of a template, whose blocks of running text are `blocks`.
pub(super) fn read(reading: &Reading<'_>, blocks: &[TextBlock], found: &mut Vec<Placeholder>) {
    if found.len() < ENOUGH {
        return;
    }
    let mut places = Vec::new();
    for block in blocks {
        brackets(reading.source.slice(block.span), block.span, is_place, &mut places);
    }
    // Fewer than half: a document that uses brackets for something of its own.
    if found.len() * 2 < places.len() {
        return;
    }
    for fence in &reading.fences {
        let text = reading.source.slice(fence.content);
        brackets(text, fence.content, |inner, _, _| is_sentence(inner), &mut places);
    }
    found.extend(places);
}

fn brackets(
    text: &str,
    base: Span,
    is_place: fn(&str, &str, &str) -> bool,
    found: &mut Vec<Placeholder>,
) {
    for at in memchr::memchr_iter(b'[', text.as_bytes()) {
        let (Some(before), Some(rest)) = (text.get(..at), text.get(at + 1..)) else { continue };
        let Some((inner, after)) = rest.split_once(']') else { continue };
        if inner.contains(['\n', '[', '`']) || !is_place(inner, before, after) {
            continue;
        }
        let start = base.start as usize + at;
        let span = Span::new(start, start + inner.len() + 2);
        let text = Text { text: format!("[{inner}]"), span };
        found.push(Placeholder { text, certainty: Certainty::Inferred });
    }
}

/// Words, a choice or a bound: `[Tech stack]`, `[INFO/DEBUG/ERROR]`, `[<Xms]`. No mark of a footnote
/// and no box.
fn is_place(inner: &str, before: &str, after: &str) -> bool {
    let is_link = after.starts_with(['(', '[']);
    let letters = inner.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2
        && !inner.starts_with('^')
        && !is_link
        && !is_filled(inner)
        && !is_tag(before, after)
        && !is_counted(inner, before)
}

/// Words that no list of code holds: `[What this class does]`.
fn is_sentence(inner: &str) -> bool {
    let is_prose = |c: char| c.is_alphanumeric() || " -/',.?&".contains(c);
    inner.starts_with(|c: char| c.is_ascii_uppercase())
        && inner.split_whitespace().count() >= 3
        && inner.chars().all(is_prose)
}

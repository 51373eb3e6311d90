//! Endpoints as a pair of lines: `**HTTP Method:** POST`, then `**Path:** /orders`.

#[cfg(test)]
mod tests;

use groundplan_syntax::{Kind, Span};

use super::super::Reading;
use super::super::clues::Clue;
use super::{bare, methods, path};
use crate::document::{Endpoint, Form, Method};

/// Marks around a key.
const MARKS: [char; 5] = [' ', '*', '-', '`', '>'];

/// A `**Method:**` line whose path has not come yet.
struct Pending {
    methods: Vec<Method>,
    start: u32,
}

pub(in super::super) fn read(reading: &mut Reading<'_>) {
    if !names_a_method(reading) {
        return;
    }
    let tree = reading.tree;
    let mut pending: Option<Pending> = None;
    let mut found = Vec::new();
    for (_, node) in tree.nodes() {
        match node.kind {
            Kind::Heading(_) => pending = None,
            Kind::Paragraph | Kind::Item
                if pending.is_some() || reading.clues.any_in(Clue::MethodKeys, node.span) =>
            {
                lines(reading, node.span, &mut pending, &mut found);
            }
            _ => {}
        }
    }
    reading.document.endpoints.append(&mut found);
}

/// Whether a key such as `**Method:**` or `**Verb:**` stands anywhere.
fn names_a_method(reading: &Reading<'_>) -> bool {
    let is_key = |word: &Span| {
        let before = reading.text.get(..word.start as usize).unwrap_or("");
        let after = reading.text.get(word.end as usize..).unwrap_or("");
        before.ends_with(['m', 'M', 'v', 'V']) && after.trim_start_matches(MARKS).starts_with(':')
    };
    reading.clues.places(Clue::MethodKeys).iter().any(is_key)
}

fn lines(
    reading: &Reading<'_>,
    span: Span,
    pending: &mut Option<Pending>,
    found: &mut Vec<Endpoint>,
) {
    let mut at = span.start as usize;
    for line in reading.source.slice(span).split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some((key, value, value_at)) = key_value(line) else { continue };
        let is = |names: &[&str]| names.iter().any(|name| key.eq_ignore_ascii_case(name));
        if is(&["http method", "method", "verb"]) {
            *pending =
                methods(value).map(|methods| Pending { methods, start: Span::at(start).start });
        } else if is(&["path", "url", "endpoint", "route", "uri"]) {
            // The lines of an item come again with its paragraphs: what is pending may stand below.
            let stated = pending.take().filter(|it| (it.start as usize) < start);
            let Some(stated) = stated else { continue };
            let lead = value.len() - value.trim_start_matches(['`', ' ', '*']).len();
            for method in stated.methods {
                let Some(path) = path(value) else { continue };
                let place = Span::new(start + value_at + lead, start + value_at + path.end);
                let statement = Span { start: stated.start, end: place.end };
                found.push(bare(method, path, place, statement, Form::Lines));
            }
        }
    }
}

/// `**Key:** value` or `Key: value`: the key, the value, and where it starts.
fn key_value(line: &str) -> Option<(&str, &str, usize)> {
    let colon = line.find(':')?;
    let key = line.get(..colon)?.trim_matches(MARKS);
    let after = line.get(colon + 1..)?;
    let lead = after.len() - after.trim_start_matches(['*', ' ']).len();
    let value = after.get(lead..)?.trim_end();
    Some((key, value, colon + 1 + lead))
}

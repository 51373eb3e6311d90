//! Endpoints in headings: `### POST /orders`.

use groundplan_syntax::{Kind, Span};

use super::super::Reading;
use super::super::clues::Clue;
use super::{bare, method_and_path};
use crate::document::{Endpoint, Form};

pub(in super::super) fn read(reading: &mut Reading<'_>) {
    if reading.clues.places(Clue::Methods).is_empty() {
        return;
    }
    let headings = reading.index.tops.iter().filter(|it| matches!(it.kind, Kind::Heading(_)));
    let found: Vec<Endpoint> = headings.filter_map(|it| endpoint(reading, it.span)).collect();
    reading.document.endpoints.extend(found);
}

fn endpoint(reading: &Reading<'_>, span: Span) -> Option<Endpoint> {
    if !reading.clues.any_in(Clue::Methods, span) {
        return None;
    }
    let text = reading.source.slice(span);
    // Numbering stands before the method: "### 4.2 `POST /orders`".
    let lead = text.find(|c: char| c.is_ascii_uppercase() || c == '`')?;
    let (method, path) = method_and_path(text.get(lead..)?)?;
    let start = span.start as usize + lead;
    let skip = usize::from(text.get(lead..)?.starts_with('`'));
    let place = Span::new(start + skip, start + path.end);
    Some(bare(method, path, place, span, Form::Heading))
}

//! Endpoints in list items: "- `POST /orders` - places an order".

use groundplan_syntax::{Kind, Span};

use super::super::Reading;
use super::super::clues::Clue;
use super::super::index::Item;
use super::{bare, method_and_path};
use crate::document::{Endpoint, Form, Text};

pub(in super::super) fn read(reading: &mut Reading<'_>) {
    if reading.clues.places(Clue::Methods).is_empty() {
        return;
    }
    let items = reading.index.items.iter();
    let found: Vec<Endpoint> = items.filter_map(|item| endpoint(reading, *item)).collect();
    reading.document.endpoints.extend(found);
}

fn endpoint(reading: &Reading<'_>, item: Item) -> Option<Endpoint> {
    let tree = reading.tree;
    if !reading.clues.any_in(Clue::Methods, item.span) {
        return None;
    }
    let first =
        tree.children(item.node).find(|node| !matches!(tree.kind(*node), Kind::TaskMarker(_)))?;
    let span = match tree.kind(first) {
        Kind::Paragraph => tree.span(first),
        _ => item.own?,
    };
    let text = reading.source.slice(span);
    // A task such as "- [ ] POST /orders" plans the endpoint; it still names it.
    let lead = text.strip_prefix("[ ] ").or_else(|| text.strip_prefix("[x] "));
    let text = lead.unwrap_or(text);
    let start = span.end as usize - text.len();
    let (method, path) = method_and_path(text)?;
    let end = path.end;
    let inner = text.get(..end)?;
    let skip = inner.len() - inner.trim_start_matches(['`', '*', ' ']).len();
    let place = Span::new(start + skip, start + end);
    let purpose = purpose(text, end, start);
    Some(Endpoint { purpose, ..bare(method, path, place, span, Form::Bullet) })
}

/// What follows the path on its line, without the dash between.
fn purpose(text: &str, end: usize, start: usize) -> Option<Text> {
    let rest = text.get(end..)?.lines().next()?;
    let lead = rest.len() - rest.trim_start_matches(|c: char| " `*-–—:→(".contains(c)).len();
    let words = rest.get(lead..)?.trim_end();
    let at = start + end + lead;
    (!words.is_empty())
        .then(|| Text { text: words.to_owned(), span: Span::new(at, at + words.len()) })
}

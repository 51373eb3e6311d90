//! Numbers of ordered lists, in the list's own style: all alike stay alike, others count.
//!
//! Numbers of headings are not touched: they are part of the anchors that other documents link to.

use groundplan_syntax::{Edit, Kind, NodeId, Source, Span, apply};

use super::look::Look;
use super::{meaning, nothing};

/// Words before a number that refer to an item of a list.
const REFERRING: [&str; 14] = [
    "step",
    "steps",
    "item",
    "items",
    "point",
    "points",
    "number",
    "no.",
    "criterion",
    "criteria",
    "question",
    "requirement",
    "task",
    "ac",
];

pub(super) fn edits(look: &Look<'_>) -> Vec<Edit> {
    let lists = look.nodes(|kind| kind == Kind::List { ordered: true });
    let edits = lists.filter_map(|list| renumbered(look, list));
    edits.filter(|edits| says_the_same(look, edits)).flatten().collect()
}

/// A number that a reader takes for an id is none of ours.
fn says_the_same(look: &Look<'_>, edits: &[Edit]) -> bool {
    apply(look.text(), edits).is_ok_and(|text| {
        let next = Source::new(look.source.path(), &text);
        meaning::same(look, &Look::new(&next), nothing)
    })
}

/// The edits of a list whose numbers are out of order; `None` where they are as they should be, or
/// where somebody may rely on them.
fn renumbered(look: &Look<'_>, list: NodeId) -> Option<Vec<Edit>> {
    let items: Vec<NodeId> = look.tree.children(list).collect();
    let numbers: Vec<Number> =
        items.iter().map(|item| Number::of(look, *item)).collect::<Option<_>>()?;
    let first = numbers.first()?.value;
    let is_alike = numbers.iter().all(|it| it.value == first);
    let climbs = numbers.is_sorted_by_key(|it| it.value);
    let has_boxes = items
        .iter()
        .any(|item| look.child(*item, |kind| matches!(kind, Kind::TaskMarker(_))).is_some());
    if is_alike || !climbs || has_boxes {
        return None;
    }
    let mut edits = Vec::new();
    for (number, value) in numbers.iter().zip(first..) {
        let text = value.to_string();
        if number.value == value {
            continue;
        }
        // What belongs to an item stands under its text; another width would leave it behind.
        let moves = number.span.len() != text.len();
        if moves && number.has_more || is_cited(look.text(), number.value) {
            return None;
        }
        edits.push(Edit::replace(number.span, text));
    }
    (!edits.is_empty()).then_some(edits)
}

/// The number of an item.
struct Number {
    value: u64,
    span: Span,
    /// Whether the item has more than a line.
    has_more: bool,
}

impl Number {
    fn of(look: &Look<'_>, item: NodeId) -> Option<Self> {
        let text = look.slice(item);
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let start = look.tree.span(item).start as usize;
        Some(Self {
            value: text.get(..digits)?.parse().ok()?,
            span: Span::new(start, start + digits),
            has_more: text.trim_end().contains('\n'),
        })
    }
}

/// Whether the text refers to a number: "see step 4".
fn is_cited(text: &str, number: u64) -> bool {
    let number = number.to_string();
    text.match_indices(&number).any(|(at, _)| {
        let before = text.get(..at).unwrap_or("");
        let after = text.get(at + number.len()..).unwrap_or("");
        let word = before.trim_end_matches([' ', '#', '-']);
        let is_apart =
            word.len() < before.len() && !after.starts_with(|c: char| c.is_alphanumeric());
        let word = word.rsplit(|c: char| !c.is_alphabetic() && c != '.').next().unwrap_or("");
        let word = word.to_lowercase();
        is_apart && REFERRING.contains(&word.as_str())
    })
}

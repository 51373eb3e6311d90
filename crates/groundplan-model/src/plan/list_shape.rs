//! The form of a list answer, by its example or its cell (rule D2).

use serde_json::{Map, Value};

use super::names::snake;
use super::statements::Statement;
use crate::document::Document;
use crate::service::{ListShape, PageSlot};

const TOTALS: [&str; 6] =
    ["total", "total_count", "total_items", "total_results", "total_rows", "total_records"];
const COUNTS: [&str; 2] = ["count", "item_count"];
const PAGES: [&str; 4] = ["page", "current_page", "page_number", "page_no"];
const PAGE_COUNTS: [&str; 5] = ["pages", "total_pages", "page_count", "num_pages", "last_page"];
const LIMITS: [&str; 5] = ["limit", "per_page", "page_size", "size", "items_per_page"];
const OFFSETS: [&str; 3] = ["offset", "skip", "start"];
const NEXTS: [&str; 8] = [
    "next",
    "next_cursor",
    "cursor",
    "next_page_token",
    "next_page",
    "next_token",
    "next_url",
    "next_link",
];
const PREVIOUS: [&str; 6] =
    ["previous", "prev", "previous_url", "prev_url", "previous_link", "prev_link"];
const HAS_NEXT: [&str; 4] = ["has_next", "has_more", "has_next_page", "more"];
const HAS_PREVIOUS: [&str; 4] = ["has_previous", "has_prev", "has_previous_page", "has_prev_page"];
const ITEMS: [&str; 6] = ["items", "data", "results", "rows", "records", "content"];

/// How deep the rows may lie in an example.
const DEPTH: usize = 3;

/// An envelope where the example is an object with an array of rows, or the cell is written as one;
/// an array otherwise, which is also what a cell such as `Order[]` says.
pub(super) fn of(document: &Document, statement: &Statement, example: Option<&Value>) -> ListShape {
    match example {
        Some(Value::Object(members)) => {
            let slots = envelope(members, DEPTH);
            slots.map_or(ListShape::Array, ListShape::Envelope)
        }
        Some(_) => ListShape::Array,
        None => {
            let cells = statement.stated(document).filter_map(|it| it.response.as_ref());
            let shape = cells.filter_map(|cell| in_cell(&cell.text)).next();
            shape.map_or(ListShape::Array, ListShape::Envelope)
        }
    }
}

/// The members of an object that has the rows somewhere; `None` for an object that has not.
fn envelope(members: &Map<String, Value>, depth: usize) -> Option<Vec<(String, PageSlot)>> {
    let mut rows = rows(members);
    let mut slots = Vec::new();
    for (name, value) in members {
        let slot = match value {
            _ if rows.as_deref() == Some(name.as_str()) => PageSlot::Items,
            Value::Object(inner) => match envelope(inner, depth.checked_sub(1)?) {
                // Rows that lie deeper are the rows, where there are none here.
                Some(inner) if rows.is_none() => {
                    rows = Some(String::new());
                    PageSlot::Object(inner)
                }
                _ => PageSlot::Object(around(inner)),
            },
            value => slot(name, value),
        };
        slots.push((name.clone(), slot));
    }
    rows.map(|_| settle(slots))
}

/// Members of an object beside the rows: `pagination`, `meta`.
fn around(members: &Map<String, Value>) -> Vec<(String, PageSlot)> {
    let slots = members.iter().map(|(name, value)| (name.clone(), slot(name, value)));
    settle(slots.collect())
}

/// The name of the array that holds the rows: the only one, or the one of objects, or of a usual
/// name.
fn rows(members: &Map<String, Value>) -> Option<String> {
    let arrays: Vec<(&String, &Vec<Value>)> =
        members.iter().filter_map(|(name, value)| Some((name, value.as_array()?))).collect();
    let named = |it: &&(&String, &Vec<Value>)| ITEMS.contains(&snake(it.0).as_str());
    let of_objects = |it: &&(&String, &Vec<Value>)| it.1.first().is_some_and(Value::is_object);
    let mut objects = arrays.iter().filter(of_objects);
    let found = match arrays.as_slice() {
        [only] => Some(only),
        _ => arrays.iter().find(named).or_else(|| match (objects.next(), objects.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }),
    };
    found.map(|(name, _)| (*name).clone())
}

/// What a member around the rows stands for.
fn slot(name: &str, value: &Value) -> PageSlot {
    let word = snake(name);
    let is = |words: &[&str]| words.contains(&word.as_str());
    let is_address = value.as_str().is_some_and(|it| it.contains('/') || it.starts_with('?'));
    let is_open = value.is_null() || value.is_string();
    match value {
        Value::Number(_) if is(&TOTALS) => PageSlot::Total,
        Value::Number(_) if is(&COUNTS) => PageSlot::Count,
        Value::Number(_) if is(&PAGES) => PageSlot::Page,
        Value::Number(_) if is(&PAGE_COUNTS) => PageSlot::Pages,
        Value::Number(_) if is(&LIMITS) => PageSlot::Limit,
        Value::Number(_) if is(&OFFSETS) => PageSlot::Offset,
        Value::Bool(_) if is(&HAS_NEXT) => PageSlot::HasNext,
        Value::Bool(_) if is(&HAS_PREVIOUS) => PageSlot::HasPrevious,
        _ if is(&NEXTS) && (is_address || word.ends_with("_url") || word.ends_with("_link")) => {
            PageSlot::NextAddress
        }
        _ if is(&NEXTS) && (is_open || value.is_number()) => PageSlot::Next,
        _ if is(&PREVIOUS) && is_open => PageSlot::PreviousAddress,
        Value::Object(inner) => PageSlot::Object(around(inner)),
        value => PageSlot::Constant(value.clone()),
    }
}

/// `count` is the number of all rows where nothing else is.
fn settle(mut slots: Vec<(String, PageSlot)>) -> Vec<(String, PageSlot)> {
    if slots.iter().all(|(_, slot)| *slot != PageSlot::Total)
        && let Some((_, slot)) = slots.iter_mut().find(|(_, slot)| *slot == PageSlot::Count)
    {
        *slot = PageSlot::Total;
    }
    slots
}

/// `{items: Order[], total}` and `Page<Order>` of a response cell.
fn in_cell(cell: &str) -> Option<Vec<(String, PageSlot)>> {
    if cell.contains("Page<") {
        let usual = [("items", PageSlot::Items), ("total", PageSlot::Total)];
        return Some(usual.map(|(name, slot)| (name.to_owned(), slot)).into());
    }
    let members = cell_members(cell)?.into_iter();
    let slots: Vec<(String, PageSlot)> = members
        .map(|(name, is_rows)| {
            let slot = if is_rows { PageSlot::Items } else { stated(&name) };
            (name, slot)
        })
        .collect();
    let rows = slots.iter().filter(|(_, slot)| *slot == PageSlot::Items).count();
    (rows == 1).then(|| settle(slots))
}

/// The members of an object that a cell writes, and whether each is an array: `{items: Order[],
/// total}`.
pub(super) fn cell_members(cell: &str) -> Option<Vec<(String, bool)>> {
    let (_, inside) = cell.split_once('{')?;
    let (inside, _) = inside.rsplit_once('}')?;
    let member = |part: &str| {
        let (name, ty) = part.split_once(':').unwrap_or((part, ""));
        let name = name.trim().trim_matches(['`', '"', '\'', '?', ' ']);
        let stem = name.trim_end_matches("[]");
        let is_word = stem.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let is_rows = name.ends_with("[]") || ty.contains("[]") || ty.trim().starts_with('[');
        (is_word && !stem.is_empty()).then(|| (stem.to_owned(), is_rows))
    };
    inside.split(',').map(member).collect()
}

/// A member of which only the name is stated.
fn stated(name: &str) -> PageSlot {
    let like = [Value::from(1), Value::from(true), Value::Null];
    let slots = like.iter().map(|value| slot(name, value));
    let known = slots.into_iter().find(|it| !matches!(it, PageSlot::Constant(_)));
    known.unwrap_or(PageSlot::Constant(Value::Null))
}

//! How many rows a page has: by the document's words, else by its example, else 20 and at most
//! 100.

use serde_json::Value;

use crate::document::{Document, PolicyKind};
use crate::plan::statements::Statement;
use crate::service::{ListShape, PageSlot, Route};

/// Rows of a page where neither the request nor the document says.
const DEFAULT: u32 = 20;

/// Rows of a page at most, where the document does not say.
const MAX: u32 = 100;

/// No page has more rows than this, whatever the document says.
const BOUND: u32 = 1000;

/// Rows of a page by default and at most.
pub(super) fn of(document: &Document, statement: &Statement, route: &Route) -> (u32, u32) {
    let own = statement.stated(document).flat_map(|it| [&it.request, &it.purpose]).flatten();
    let own = own.map(|text| page_size(&text.text));
    let policies = document.policies.iter().filter_map(|policy| match policy.kind {
        PolicyKind::PageSize { default, max } => Some((default, max)),
        _ => None,
    });
    let stated: Vec<_> = own.chain(policies).collect();
    let default = stated.iter().find_map(|(default, _)| *default);
    let max = stated.iter().find_map(|(_, max)| *max);
    let default = default.or_else(|| shown(route)).unwrap_or(DEFAULT).clamp(1, BOUND);
    let max = max.unwrap_or(MAX).clamp(1, BOUND);
    (default.min(max), max)
}

fn page_size(text: &str) -> (Option<u32>, Option<u32>) {
    crate::lower::page_size(&text.to_ascii_lowercase()).unwrap_or_default()
}

/// What the example of the answer has as the page's size.
fn shown(route: &Route) -> Option<u32> {
    let example = route.response_example.as_ref()?;
    let ListShape::Envelope(_) = &route.list else { return None };
    let slots = route.list.slots();
    let (path, _) = slots.iter().find(|(_, slot)| **slot == PageSlot::Limit)?;
    let value = path.iter().try_fold(example, |value, name| value.get(name))?;
    let number = value.as_u64().and_then(|it| u32::try_from(it).ok());
    number.filter(|it| *it <= MAX && !matches!(value, Value::Null))
}

//! The form of a list answer: a bare array, or the document's own object around it.

use serde_json::Value;

/// The form of a list answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ListShape {
    /// A bare array.
    #[default]
    Array,
    /// An object; one of its members, maybe one level down, is [`PageSlot::Items`].
    Envelope(Vec<(String, PageSlot)>),
}

/// What stands for a member of the object around a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageSlot {
    /// The rows.
    Items,
    /// The number of all rows.
    Total,
    /// The number of rows on this page.
    Count,
    /// The page's number, counted from 1.
    Page,
    /// The number of pages.
    Pages,
    /// Rows of a page at most.
    Limit,
    /// The number of rows before the page.
    Offset,
    /// What the page parameter must be for the next page, or null.
    Next,
    /// The address of the next page, or null.
    NextAddress,
    /// The address of the page before, or null.
    PreviousAddress,
    /// Whether there is a next page.
    HasNext,
    /// Whether there is a page before.
    HasPrevious,
    /// What the document shows.
    Constant(Value),
    /// Members one level down.
    Object(Vec<(String, PageSlot)>),
}

impl ListShape {
    /// The array of an answer of this form.
    pub fn items<'v>(&self, answer: &'v Value) -> Option<&'v Vec<Value>> {
        match self {
            Self::Array => answer.as_array(),
            Self::Envelope(members) => items(members, answer),
        }
    }

    /// Every slot with its path of member names, outer ones first.
    pub fn slots(&self) -> Vec<(Vec<&str>, &PageSlot)> {
        match self {
            Self::Array => Vec::new(),
            Self::Envelope(members) => slots(members),
        }
    }

    /// Whether answers show this.
    pub fn shows(&self, slot: &PageSlot) -> bool {
        self.slots().iter().any(|(_, it)| *it == slot)
    }

    /// The names of the members that lead to the rows; none for a bare array.
    pub fn items_path(&self) -> Vec<&str> {
        let mut slots = self.slots().into_iter();
        slots.find(|(_, it)| **it == PageSlot::Items).map(|(path, _)| path).unwrap_or_default()
    }
}

fn items<'v>(members: &[(String, PageSlot)], answer: &'v Value) -> Option<&'v Vec<Value>> {
    members.iter().find_map(|(name, slot)| match slot {
        PageSlot::Items => answer.get(name)?.as_array(),
        PageSlot::Object(inner) => items(inner, answer.get(name)?),
        _ => None,
    })
}

fn slots(members: &[(String, PageSlot)]) -> Vec<(Vec<&str>, &PageSlot)> {
    let mut found = Vec::new();
    for (name, slot) in members {
        match slot {
            PageSlot::Object(inner) => {
                let below = slots(inner).into_iter().map(|(path, slot)| {
                    (std::iter::once(name.as_str()).chain(path).collect(), slot)
                });
                found.extend(below);
            }
            slot => found.push((vec![name.as_str()], slot)),
        }
    }
    found
}

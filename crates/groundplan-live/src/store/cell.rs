//! [`Cell`]: one value of a row, in the form that both databases take.

use super::db::Seen;

/// A value to be stored or compared with. Types that a database lacks are text or numbers here:
/// booleans 0 and 1; UUIDs, times, dates, decimals and JSON in their wire form.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
}

impl Cell {
    /// The value as it lies in a row.
    pub(super) fn seen(&self) -> Seen<'_> {
        match self {
            Self::Null => Seen::Null,
            Self::Integer(number) => Seen::Integer(*number),
            Self::Real(number) => Seen::Real(*number),
            Self::Text(text) => Seen::Text(text.into()),
            Self::Blob(bytes) => Seen::Blob(bytes),
        }
    }
}

/// No value, for statements that have none in this place.
pub(crate) const NULL: &Cell = &Cell::Null;

//! What the service itself puts into columns: keys, times, defaults.

use crate::store::Cell;
use groundplan_model::schema::{Column, ColumnType, DefaultValue};
use groundplan_model::service::{Field, Role};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;
use uuid::Uuid;

use crate::value::{self, write_time};

/// Where a column's value comes from when the client did not send one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Filler {
    Constant(Cell),
    Now(ColumnType),
    NewUuid,
    /// The column is left out of the statement.
    Database,
}

impl Filler {
    /// The value at `now`; `None` where the database has it.
    pub(crate) fn fill(&self, now: Timestamp) -> Option<Cell> {
        match self {
            Self::Constant(cell) => Some(cell.clone()),
            Self::Now(ty) => Some(time(ty, now)),
            // Version 7 (RFC 9562): keys grow, so new rows land at the end of the index.
            Self::NewUuid => Some(Cell::Text(Uuid::now_v7().to_string())),
            Self::Database => None,
        }
    }

    /// What a create puts into a column that the client may not, or did not, send.
    pub(crate) fn of(field: &Field, column: &Column) -> Self {
        match (field.role, &column.ty) {
            (Role::GeneratedKey, ColumnType::Integer { .. }) => Self::Database,
            (Role::GeneratedKey, ColumnType::Uuid | ColumnType::Text | ColumnType::Other) => {
                Self::NewUuid
            }
            (Role::CreatedAt | Role::UpdatedAt, ty) => Self::Now(ty.clone()),
            (Role::Version, _) => Self::Constant(Cell::Integer(1)),
            _ => Self::default_of(column),
        }
    }

    /// The column's default.
    pub(super) fn default_of(column: &Column) -> Self {
        match &column.default {
            Some(DefaultValue::Now) => Self::Now(column.ty.clone()),
            Some(DefaultValue::NewUuid) => Self::NewUuid,
            Some(DefaultValue::Constant(value)) => constant(column, value),
            Some(DefaultValue::Expression(_)) => Self::Database,
            None if column.not_null => neutral(column),
            None => Self::Constant(Cell::Null),
        }
    }
}

/// A documented default that does not fit its own column is left to the database.
fn constant(column: &Column, value: &Value) -> Filler {
    value::from_json(column, value.clone()).map_or(Filler::Database, Filler::Constant)
}

/// A value for a column that must have one and that nobody may send: the document leaves it to
/// code that is not written yet.
fn neutral(column: &Column) -> Filler {
    let first = column.allowed.first().and_then(|it| value::from_text(column, it).ok());
    if let Some(first) = first {
        return Filler::Constant(first);
    }
    let least = column.low().unwrap_or(0.0).max(0.0);
    match column.ty {
        ColumnType::Timestamp | ColumnType::Date => Filler::Now(column.ty.clone()),
        ColumnType::Uuid => Filler::NewUuid,
        #[expect(clippy::cast_possible_truncation, reason = "a bound; `as` saturates")]
        ColumnType::Integer { .. } => Filler::Constant(Cell::Integer(least.ceil() as i64)),
        ColumnType::Boolean => Filler::Constant(Cell::Integer(0)),
        ColumnType::Float => Filler::Constant(Cell::Real(least)),
        ColumnType::Decimal => Filler::Constant(Cell::Text(least.to_string())),
        ColumnType::Json => Filler::Constant(Cell::Text("{}".to_owned())),
        ColumnType::Array => Filler::Constant(Cell::Text("[]".to_owned())),
        ColumnType::Bytes => Filler::Constant(Cell::Blob(Vec::new())),
        ColumnType::Text | ColumnType::Other => Filler::Constant(Cell::Text(String::new())),
    }
}

/// `now` as a column of the type keeps it.
pub(crate) fn time(ty: &ColumnType, now: Timestamp) -> Cell {
    match ty {
        ColumnType::Integer { .. } => Cell::Integer(now.as_second()),
        ColumnType::Float => Cell::Real(now.as_duration().as_secs_f64()),
        ColumnType::Date => Cell::Text(now.to_zoned(TimeZone::UTC).date().to_string()),
        _ => Cell::Text(write_time(now)),
    }
}

/// The caller as an owner column keeps it.
pub(crate) fn owner(column: &Column, subject: &str) -> Cell {
    let number = match column.ty {
        ColumnType::Integer { .. } => subject.parse::<i64>().ok(),
        _ => None,
    };
    number.map_or_else(|| Cell::Text(subject.to_owned()), Cell::Integer)
}

//! Types of expressions, as far as a rule has to know them.

use serde_json::Value;

use crate::schema::{Column, ColumnType};
use crate::service::ValueKind;

/// What values of an expression are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ty {
    Number,
    Text,
    Boolean,
    Time,
    Json,
    /// Fits everything: NULL.
    Null,
}

impl Ty {
    pub(super) fn of_column(column: &Column) -> Self {
        match column.ty {
            ColumnType::Integer { .. } | ColumnType::Float | ColumnType::Decimal => Self::Number,
            ColumnType::Boolean => Self::Boolean,
            ColumnType::Timestamp | ColumnType::Date => Self::Time,
            ColumnType::Json | ColumnType::Array | ColumnType::Bytes => Self::Json,
            ColumnType::Text | ColumnType::Uuid | ColumnType::Other => Self::Text,
        }
    }

    pub(super) fn of_constant(value: &Value) -> Self {
        match value {
            Value::Number(_) => Self::Number,
            Value::String(_) => Self::Text,
            Value::Bool(_) => Self::Boolean,
            Value::Null => Self::Null,
            Value::Array(_) | Value::Object(_) => Self::Json,
        }
    }

    pub(super) fn of_kind(kind: ValueKind) -> Self {
        match kind {
            ValueKind::Number => Self::Number,
            ValueKind::Text => Self::Text,
            ValueKind::Boolean => Self::Boolean,
            ValueKind::Time => Self::Time,
            ValueKind::Json => Self::Json,
        }
    }

    /// What a member of an answer is that such a column holds.
    pub(super) fn kind(self) -> ValueKind {
        match self {
            Self::Number => ValueKind::Number,
            Self::Text => ValueKind::Text,
            Self::Boolean => ValueKind::Boolean,
            Self::Time => ValueKind::Time,
            Self::Json | Self::Null => ValueKind::Json,
        }
    }

    /// Whether values of the two can stand for one another.
    pub(super) fn fits(self, other: Self) -> bool {
        self == other || self == Self::Null || other == Self::Null
    }

    /// In words.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::Text => "text",
            Self::Boolean => "true or false",
            Self::Time => "a time",
            Self::Json => "JSON",
            Self::Null => "null",
        }
    }
}

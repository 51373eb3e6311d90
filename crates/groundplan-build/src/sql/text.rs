//! Names and literals in SQL.

use groundplan_model::schema::{Column, ColumnType, Table};
use serde_json::Value;

use super::dialect::Dialect;

/// A name in double quotes.
pub(super) fn name(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Names in double quotes, separated by commas.
pub(super) fn names<'a>(names: impl IntoIterator<Item = &'a String>) -> String {
    names.into_iter().map(|it| name(it)).collect::<Vec<_>>().join(", ")
}

/// A text in single quotes.
pub(super) fn string(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A number as people write it: `1`, not `1.0`.
pub(super) fn number(value: f64) -> String {
    format!("{value}")
}

/// A constant as it is stored in `column`; `None` where it is not a value of its type.
pub(super) fn constant(dialect: Dialect, column: &Column, value: &Value) -> Option<String> {
    match (&column.ty, value) {
        (_, Value::Null) => None,
        (ColumnType::Boolean, Value::Bool(is_set)) => Some(dialect.boolean(*is_set).to_owned()),
        (ColumnType::Integer { .. }, Value::Number(number)) => {
            number.as_i64().map(|it| it.to_string())
        }
        (ColumnType::Float, Value::Number(number)) => Some(number.to_string()),
        // SQLite takes any text here, and PostgreSQL only what it can read.
        (ColumnType::Uuid | ColumnType::Timestamp | ColumnType::Date, _)
            if dialect == Dialect::Postgres =>
        {
            None
        }
        (ColumnType::Json | ColumnType::Array, value) => Some(string(&value.to_string())),
        (ColumnType::Integer { .. } | ColumnType::Float | ColumnType::Boolean, _)
        | (ColumnType::Bytes, _) => None,
        (_, Value::String(text)) => Some(string(text)),
        _ => None,
    }
}

/// Whether both have the same names, compared without case, in any order.
pub(super) fn same_set(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().all(|name| contains(other, name))
}

/// Whether `names` begins with `first`, compared without case.
pub(super) fn begins_with(names: &[String], first: &[String]) -> bool {
    names.len() >= first.len() && names.iter().zip(first).all(|(a, b)| a.eq_ignore_ascii_case(b))
}

/// Whether `name` is among `names`, compared without case.
pub(super) fn contains(names: &[String], name: &str) -> bool {
    names.iter().any(|it| it.eq_ignore_ascii_case(name))
}

/// Whether `table` has every one of `columns`, and there is at least one.
pub(super) fn has_columns(table: &Table, columns: &[String]) -> bool {
    !columns.is_empty() && columns.iter().all(|column| table.column(column).is_some())
}

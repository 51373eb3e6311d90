//! Rows of one table as CSV (RFC 4180): the first record names the columns.

use groundplan_model::schema::{Column, ColumnType};
use groundplan_model::service::Resource;
use serde_json::{Map, Value};

use super::DataError;

/// The rows of `resource` that the text holds. An empty field is no value.
pub(super) fn rows(resource: &Resource, text: &str) -> Result<Vec<Map<String, Value>>, DataError> {
    let mut records = records(text.trim_start_matches('\u{feff}')).into_iter();
    let names = records.next().unwrap_or_default();
    let mut rows = Vec::new();
    for (number, record) in records.enumerate() {
        if record.len() != names.len() {
            let (has, wants) = (record.len(), names.len());
            let line = number + 2;
            return Err(DataError::Form(format!("record {line} has {has} fields, not {wants}")));
        }
        let fields = names.iter().zip(record);
        rows.push(
            fields.map(|(name, field)| (name.clone(), value(resource, name, field))).collect(),
        );
    }
    Ok(rows)
}

fn value(resource: &Resource, name: &str, field: String) -> Value {
    let column = resource.table.column(name);
    match column {
        _ if field.is_empty() => Value::Null,
        Some(column) if !is_text(column) => {
            // What is none of the column's type is told with the row.
            serde_json::from_str(&field).unwrap_or(Value::String(field))
        }
        _ => Value::String(field),
    }
}

fn is_text(column: &Column) -> bool {
    !matches!(
        column.ty,
        ColumnType::Integer { .. }
            | ColumnType::Float
            | ColumnType::Boolean
            | ColumnType::Json
            | ColumnType::Array
    )
}

/// The records of a text; empty lines are none.
fn records(text: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut field) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(it) = chars.next() {
        match it {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut field)),
            '\r' if !quoted => {}
            '\n' if !quoted => end(&mut records, &mut record, &mut field),
            it => field.push(it),
        }
    }
    end(&mut records, &mut record, &mut field);
    records
}

fn end(records: &mut Vec<Vec<String>>, record: &mut Vec<String>, field: &mut String) {
    let is_empty = record.is_empty() && field.is_empty();
    record.push(std::mem::take(field));
    let whole = std::mem::take(record);
    if !is_empty {
        records.push(whole);
    }
}

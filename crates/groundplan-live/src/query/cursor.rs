//! Cursors: the values of the order's columns in a page's last row, as URL-safe base64.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use groundplan_model::schema::{Column, ColumnType};
use serde_json::Value;

use super::order::Order;
use crate::store::Cell;
use crate::value;

/// The cursor behind a row with these values.
pub(crate) fn write(order: &Order, values: &[Cell]) -> String {
    let json = |cell: &Cell| match cell {
        Cell::Null | Cell::Blob(_) => Value::Null,
        Cell::Integer(number) => (*number).into(),
        Cell::Real(number) => (*number).into(),
        Cell::Text(text) => text.as_str().into(),
    };
    // A cursor of another order would begin anywhere.
    let mark = (!order.mark.is_empty()).then(|| Value::from(order.mark.as_str()));
    let all: Value = mark.into_iter().chain(values.iter().map(json)).collect();
    BASE64.encode(all.to_string())
}

/// The values of a cursor that was written for this order; `None` for anything else.
pub(super) fn read(text: &str, order: &Order, columns: &[Column]) -> Option<Vec<Cell>> {
    let bytes = BASE64.decode(text).ok()?;
    let mut values: Vec<Value> = serde_json::from_slice(&bytes).ok()?;
    if !order.mark.is_empty() {
        if values.first().and_then(Value::as_str) != Some(order.mark.as_str()) {
            return None;
        }
        values.remove(0);
    }
    if values.len() != order.keys.len() {
        return None;
    }
    let keys = order.keys.iter().zip(values);
    keys.map(|(key, value)| cell(columns.get(key.column)?, &value)).collect()
}

/// A value that the column can hold.
fn cell(column: &Column, value: &Value) -> Option<Cell> {
    match (&column.ty, value) {
        (_, Value::Null) => (!column.not_null).then_some(Cell::Null),
        (ColumnType::Boolean, value) => {
            value.as_i64().filter(|it| (0..=1).contains(it)).map(Cell::Integer)
        }
        (ColumnType::Integer { .. }, value) => value.as_i64().map(Cell::Integer),
        (ColumnType::Float, value) => value.as_f64().map(Cell::Real),
        (_, Value::String(text)) => {
            let open = Column { allowed: Vec::new(), ..column.clone() };
            value::from_text(&open, text).ok()
        }
        _ => None,
    }
}

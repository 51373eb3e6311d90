//! Values between the wire and the database, by the column's type.
//!
//! [`from_json`] reads a member of a body, [`from_text`] a path or query parameter; both answer
//! what is stored, or what is wrong in words that fit after the member's name.

use std::borrow::Cow;

use crate::store::Cell;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use groundplan_model::schema::{Column, ColumnType};
use serde_json::Value;

mod bounds;
mod text;

pub(crate) use text::write_time;

#[cfg(test)]
mod tests;

/// What is wrong with a value, to be read after a name: `must be a whole number`.
pub(crate) type Fault = Cow<'static, str>;

/// What is stored for a member of a body.
pub(crate) fn from_json(column: &Column, value: Value) -> Result<Cell, Fault> {
    if value.is_null() {
        return if column.not_null { Err("must not be null".into()) } else { Ok(Cell::Null) };
    }
    let cell = convert(column, value)?;
    bounds::check(column, &cell)?;
    Ok(cell)
}

fn convert(column: &Column, value: Value) -> Result<Cell, Fault> {
    match (&column.ty, value) {
        (ColumnType::Integer { .. }, Value::Number(number)) => integer(&number),
        (ColumnType::Integer { .. }, _) => Err("must be a whole number".into()),
        (ColumnType::Float, Value::Number(number)) => {
            number.as_f64().map(Cell::Real).ok_or_else(|| "must be a number".into())
        }
        (ColumnType::Float, _) => Err("must be a number".into()),
        (ColumnType::Boolean, Value::Bool(value)) => Ok(Cell::Integer(value.into())),
        (ColumnType::Boolean, _) => Err("must be true or false".into()),
        (ColumnType::Json, value) => json(&value),
        (ColumnType::Array, Value::Array(items)) => json(&Value::Array(items)),
        (ColumnType::Array, _) => Err("must be an array".into()),
        (_, Value::String(value)) => text::convert(column, value),
        (ty, _) => Err(text::expected(ty).into()),
    }
}

/// What is stored for a path or query parameter: only types that compare by their text.
pub(crate) fn from_text(column: &Column, value: &str) -> Result<Cell, Fault> {
    let cell = match column.ty {
        ColumnType::Integer { .. } => canonical(value).map(Cell::Integer),
        ColumnType::Float => {
            let number = value.parse::<f64>().ok().filter(|number| number.is_finite());
            number.map(Cell::Real).ok_or(Fault::Borrowed("must be a number"))
        }
        ColumnType::Boolean => match value {
            "true" => Ok(Cell::Integer(1)),
            "false" => Ok(Cell::Integer(0)),
            _ => Err("must be true or false".into()),
        },
        ColumnType::Json | ColumnType::Array => Err("cannot be compared".into()),
        _ => text::convert(column, value.to_owned()),
    }?;
    bounds::check(column, &cell)?;
    Ok(cell)
}

/// An integer in the one form that we write it in: no `+7`, no `007`.
fn canonical(value: &str) -> Result<i64, Fault> {
    let number = value.parse::<i64>().ok().filter(|number| number.to_string() == value);
    number.ok_or_else(|| "must be a whole number of at most 64 bits".into())
}

/// JSON Schema counts `1.0` as an integer; so do we.
fn integer(number: &serde_json::Number) -> Result<Cell, Fault> {
    if let Some(value) = number.as_i64() {
        return Ok(Cell::Integer(value));
    }
    match number.as_f64() {
        Some(value) if value.fract() != 0.0 => Err("must be a whole number".into()),
        // Past 2^53 a float does not say which integer was meant.
        Some(value) if value.abs() <= 9_007_199_254_740_992.0 =>
        {
            #[expect(clippy::cast_possible_truncation, reason = "whole and within 2^53")]
            Ok(Cell::Integer(value as i64))
        }
        _ => Err("must be a whole number of at most 64 bits".into()),
    }
}

/// JSON as text. PostgreSQL's JSONB cannot hold the NUL character.
fn json(value: &Value) -> Result<Cell, Fault> {
    let text = value.to_string();
    if has_nul(value) {
        Err("must not contain the NUL character".into())
    } else {
        Ok(Cell::Text(text))
    }
}

fn has_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(has_nul),
        Value::Object(members) => {
            members.iter().any(|(name, value)| name.contains('\0') || has_nul(value))
        }
        _ => false,
    }
}

/// The bytes of a base64 string.
fn bytes(value: &str) -> Result<Cell, Fault> {
    BASE64.decode(value).map(Cell::Blob).map_err(|_| "must be base64".into())
}

//! A column's own bounds: length, smallest, largest, allowed values.

use crate::store::Cell;
use groundplan_model::schema::{Column, ColumnType, Limit};

use super::Fault;

/// Checks what will be stored against the column's bounds.
pub(super) fn check(column: &Column, cell: &Cell) -> Result<(), Fault> {
    match cell {
        Cell::Text(text) if is_structure(&column.ty) => in_length(column, text.chars().count()),
        Cell::Text(text) => {
            in_length(column, text.chars().count())?;
            is_allowed(column, text)?;
            if column.ty == ColumnType::Decimal {
                in_range(column, text.parse().unwrap_or(0.0))?;
            }
            Ok(())
        }
        Cell::Integer(_) if column.ty == ColumnType::Boolean => Ok(()),
        #[expect(clippy::cast_precision_loss, reason = "bounds are floats, and far below 2^53")]
        Cell::Integer(number) => {
            in_range(column, *number as f64)?;
            if column.allowed.is_empty() { Ok(()) } else { is_allowed(column, &number.to_string()) }
        }
        Cell::Real(number) => in_range(column, *number),
        Cell::Blob(bytes) => in_length(column, bytes.len()),
        Cell::Null => Ok(()),
    }
}

/// JSON and arrays are kept as text: its length is bounded as a CHECK would, its words are not.
fn is_structure(ty: &ColumnType) -> bool {
    matches!(ty, ColumnType::Json | ColumnType::Array)
}

fn in_length(column: &Column, length: usize) -> Result<(), Fault> {
    let length = u64::try_from(length).unwrap_or(u64::MAX);
    let unit = if column.ty == ColumnType::Bytes { "bytes" } else { "characters" };
    match (column.min_length, column.max_length) {
        (Some(1), _) if length == 0 => Err("must not be empty".into()),
        (Some(least), _) if length < least => {
            Err(format!("must have at least {least} {unit}").into())
        }
        (_, Some(most)) if length > most => Err(format!("must have at most {most} {unit}").into()),
        _ => Ok(()),
    }
}

/// The bounds as they are kept decide; how the document states them is only looked up for the words.
fn in_range(column: &Column, number: f64) -> Result<(), Fault> {
    if column.minimum.is_some_and(|least| number < least) {
        return Err(match column.least() {
            Some(Limit::Excluded(least)) => format!("must be more than {least}").into(),
            _ => format!("must be at least {}", column.minimum.unwrap_or_default()).into(),
        });
    }
    if column.maximum.is_some_and(|most| number > most) {
        return Err(match column.most() {
            Some(Limit::Excluded(most)) => format!("must be less than {most}").into(),
            _ => format!("must be at most {}", column.maximum.unwrap_or_default()).into(),
        });
    }
    Ok(())
}

fn is_allowed(column: &Column, text: &str) -> Result<(), Fault> {
    if column.allowed.is_empty() || column.allowed.iter().any(|it| it == text) {
        return Ok(());
    }
    Err(format!("must be one of {}", column.allowed.join(", ")).into())
}

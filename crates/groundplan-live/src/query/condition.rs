//! Conditions on rows: values from the client, names and operators from the plan.
//!
//! SQLite and PostgreSQL take the same text and answer the same: decimals are compared as numbers,
//! whole numbers in 64 bits, and texts are looked through without the case of ASCII letters.

use groundplan_model::schema::{Column, ColumnType};
use groundplan_model::service::Test;

use super::{PATTERN_CHARS, VALUES, truth};
use crate::store::Cell;
use crate::store::sql::quote;
use crate::value::{self, Fault};

/// A condition on rows.
#[derive(Debug, PartialEq)]
pub(crate) enum Condition {
    /// A column compared with values.
    Compare { column: usize, test: Test, values: Vec<Cell> },
    /// One of these columns has a text of this form.
    Contain { columns: Vec<usize>, pattern: Cell },
}

impl Condition {
    /// What conditions are sorted by.
    pub(super) fn rank(&self) -> (usize, usize) {
        match self {
            Self::Compare { column, test, values } => {
                let test = Test::OPERATORS.iter().position(|(_, it)| it == test);
                (*column, test.map_or(0, |at| at + 1) * (VALUES + 1) + values.len())
            }
            Self::Contain { .. } => (usize::MAX, 0),
        }
    }

    /// Appends `AND …` with the numbers of parameters from `number` on.
    pub(crate) fn write(
        &self,
        table: &str,
        columns: &[Column],
        number: &mut usize,
        sql: &mut String,
    ) {
        sql.push_str(" AND ");
        match self {
            Self::Compare { column, test, values } => {
                let Some(it) = columns.get(*column) else { return sql.push_str("FALSE") };
                let count = if test.asks_for_null() { 0 } else { values.len() };
                let numbers = *number..*number + count;
                *number = numbers.end;
                let operands: Vec<String> = numbers.map(|at| operand(it, at)).collect();
                sql.push_str(&compared(&name(table, it), *test, values, &operands));
            }
            Self::Contain { columns: looked, .. } => {
                let texts = looked.iter().filter_map(|at| columns.get(*at));
                let texts: Vec<String> =
                    texts.map(|it| like(&plain_name(table, it), &format!("?{number}"))).collect();
                *number += 1;
                sql.push_str(&format!("({})", texts.join(" OR ")));
            }
        }
    }

    /// Appends the condition's values in the order of their parameters.
    pub(crate) fn push_values(&self, values: &mut Vec<Cell>) {
        match self {
            Self::Compare { test, .. } if test.asks_for_null() => {}
            Self::Compare { values: own, .. } => values.extend(own.iter().cloned()),
            Self::Contain { pattern, .. } => values.push(pattern.clone()),
        }
    }
}

fn compared(name: &str, test: Test, values: &[Cell], operands: &[String]) -> String {
    let first = operands.first().map_or("NULL", String::as_str);
    let is_true = values.first() == Some(&Cell::Integer(1));
    match test {
        Test::Equal => format!("{name} = {first}"),
        Test::NotEqual => format!("({name} <> {first} OR {name} IS NULL)"),
        Test::AtLeast => format!("{name} >= {first}"),
        Test::MoreThan => format!("{name} > {first}"),
        Test::AtMost => format!("{name} <= {first}"),
        Test::LessThan => format!("{name} < {first}"),
        Test::In => format!("{name} IN ({})", operands.join(", ")),
        Test::Like => like(name, first),
        Test::IsNull => is_null(name, is_true),
        Test::IsSet => is_null(name, !is_true),
    }
}

fn is_null(name: &str, is_null: bool) -> String {
    if is_null { format!("{name} IS NULL") } else { format!("{name} IS NOT NULL") }
}

/// The pattern has small letters already.
fn like(name: &str, pattern: &str) -> String {
    format!("lower({name}) LIKE {pattern} ESCAPE '\\'")
}

/// A column in comparisons.
pub(super) fn name(table: &str, column: &Column) -> String {
    let name = plain_name(table, column);
    match column.ty {
        // SQLite keeps decimals as text, which compares letter by letter.
        ColumnType::Decimal => format!("CAST({name} AS NUMERIC)"),
        _ => name,
    }
}

pub(super) fn plain_name(table: &str, column: &Column) -> String {
    format!("{table}.{}", quote(&column.name))
}

/// A parameter that is compared with the column. PostgreSQL gives it the column's type unless it is
/// told otherwise, and a whole number that does not fit in there is a number all the same.
pub(crate) fn operand(column: &Column, number: usize) -> String {
    match column.ty {
        ColumnType::Integer { .. } => format!("CAST(?{number} AS BIGINT)"),
        ColumnType::Decimal => format!("CAST(?{number} AS NUMERIC)"),
        _ => format!("?{number}"),
    }
}

/// What a test compares with.
pub(super) fn values(column: &Column, test: Test, value: &str) -> Result<Vec<Cell>, Fault> {
    match test {
        Test::In => {
            let parts: Vec<&str> = value.split(',').map(str::trim).collect();
            each(column, parts.into_iter())
        }
        Test::Like => pattern(value).map(|it| vec![it]),
        Test::IsNull | Test::IsSet => Ok(vec![Cell::Integer(truth(value)?.into())]),
        _ => bound(column, test, value).map(|it| vec![it]),
    }
}

/// What a column is looked for among.
pub(super) fn each<'v>(
    column: &Column,
    values: impl ExactSizeIterator<Item = &'v str>,
) -> Result<Vec<Cell>, Fault> {
    if values.len() > VALUES {
        return Err(format!("takes at most {VALUES} values").into());
    }
    values.map(|it| bound(column, Test::In, it)).collect()
}

/// A value of the column's type. Bounds of the column are no bounds of a range, and those of one
/// value in a row of them cannot be told in a contract.
fn bound(column: &Column, test: Test, value: &str) -> Result<Cell, Fault> {
    if matches!(test, Test::Equal | Test::NotEqual) {
        return value::from_text(column, value);
    }
    if test == Test::In {
        return value::from_text(&column.unbounded(), value);
    }
    let open = Column { minimum: None, maximum: None, allowed: Vec::new(), ..column.clone() };
    value::from_text(&open, &as_time(column, value))
}

/// A day stands for its beginning where a time is asked for.
fn as_time<'v>(column: &Column, value: &'v str) -> std::borrow::Cow<'v, str> {
    let is_day = value.len() == 10 && value.as_bytes().get(4) == Some(&b'-');
    match column.ty {
        ColumnType::Timestamp if is_day => format!("{value}T00:00:00Z").into(),
        _ => value.into(),
    }
}

/// The pattern of texts that contain `value`.
pub(super) fn contains(value: &str) -> Result<Cell, Fault> {
    let mut escaped = String::with_capacity(value.len() + 2);
    escaped.push('%');
    for c in value.chars() {
        if matches!(c, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped.push('%');
    checked(value, escaped)
}

/// A pattern as the client wrote it.
fn pattern(value: &str) -> Result<Cell, Fault> {
    let ends = value.len() - value.trim_end_matches('\\').len();
    if ends % 2 == 1 {
        return Err("ends with a `\\` that stands before nothing".into());
    }
    // PostgreSQL takes any character behind it, SQLite only those that mean something.
    checked(value, value.to_owned())
}

fn checked(value: &str, pattern: String) -> Result<Cell, Fault> {
    if value.contains('\0') {
        return Err("must not contain the NUL character".into());
    }
    if value.chars().count() > PATTERN_CHARS {
        return Err(format!("must have at most {PATTERN_CHARS} characters").into());
    }
    Ok(Cell::Text(pattern.to_ascii_lowercase()))
}

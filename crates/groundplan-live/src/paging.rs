//! Query parameters of lists: `limit`, `cursor`, and equality filters on columns.

use std::borrow::Cow;

use crate::store::Cell;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use groundplan_model::schema::{Column, ColumnType};
use groundplan_model::service::{Refusal, Resource, Role};
use serde_json::Value;

use crate::refused::{FieldFault, Refused};
use crate::router::decode;
use crate::value;

#[cfg(test)]
mod tests;

/// Rows of a page, where the request does not say.
const LIMIT: usize = 20;

/// Rows of a page at most.
const LIMIT_MAX: usize = 100;

/// Parameters of a request at most.
const PARAMETERS: usize = 64;

/// Columns that lists can be filtered by.
#[derive(Debug)]
pub(crate) struct Filters {
    columns: Vec<(String, usize, Column)>,
    /// How many values a cursor has.
    order: usize,
}

/// What a list request asks for.
#[derive(Debug, PartialEq)]
pub(crate) struct Page {
    pub(crate) limit: usize,
    /// The last row of the page before: the values that rows are ordered by.
    pub(crate) cursor: Option<Vec<Cell>>,
    /// Positions of columns with the value that they must have, in the table's order.
    pub(crate) filters: Vec<(usize, Cell)>,
}

impl Filters {
    pub(crate) fn new(resource: &Resource, order: usize) -> Self {
        let fields = resource.fields.iter().zip(&resource.table.columns).enumerate();
        let compared = fields.filter(|(_, (field, column))| {
            let shapeless =
                matches!(column.ty, ColumnType::Json | ColumnType::Array | ColumnType::Bytes);
            field.role != Role::Secret && !shapeless
        });
        let columns = compared.map(|(at, (field, it))| (field.name.clone(), at, it.clone()));
        Self { columns: columns.collect(), order }
    }

    /// Reads a query string.
    pub(crate) fn read(&self, query: &str) -> Result<Page, Refused> {
        let mut page = Page { limit: LIMIT, cursor: None, filters: Vec::new() };
        let mut seen: Vec<Cow<'_, str>> = Vec::new();
        let mut faults = Vec::new();
        for pair in pairs(query) {
            let (name, value) = pair.ok_or_else(undecodable)?;
            if seen.len() == PARAMETERS {
                return Err(too_many());
            }
            let read = if seen.contains(&name) {
                Err("is there twice; send it once".into())
            } else {
                self.take(&name, &value, &mut page)
            };
            if let Err(fault) = read {
                let short: String = name.chars().take(64).collect();
                faults.push(FieldFault { field: short, message: fault.into_owned() });
            }
            seen.push(name);
        }
        if faults.is_empty() {
            page.filters.sort_by_key(|(column, _)| *column);
            return Ok(page);
        }
        faults.truncate(32);
        Err(Refused::fields(Refusal::InvalidParameter, "the query does not fit", faults))
    }

    fn take(&self, name: &str, value: &str, page: &mut Page) -> Result<(), value::Fault> {
        match name {
            "limit" => page.limit = limit(value)?,
            "cursor" => page.cursor = Some(self.cursor(value)?),
            _ => {
                let mut columns = self.columns.iter();
                let found = columns.find(|(known, _, _)| known == name);
                let (_, index, column) = found.ok_or("is not a parameter of this list")?;
                page.filters.push((*index, value::from_text(column, value)?));
            }
        }
        Ok(())
    }

    fn cursor(&self, text: &str) -> Result<Vec<Cell>, value::Fault> {
        read_cursor(text)
            .filter(|values| values.len() == self.order)
            .ok_or_else(|| "is not a cursor that this list gave out".into())
    }
}

fn limit(value: &str) -> Result<usize, value::Fault> {
    let number = value.parse::<usize>().ok().filter(|_| !value.starts_with('+'));
    let number = number.filter(|number| (1..=LIMIT_MAX).contains(number));
    number.ok_or_else(|| format!("must be a whole number from 1 to {LIMIT_MAX}").into())
}

fn undecodable() -> Refused {
    Refused::new(Refusal::InvalidParameter, "the query is not percent-encoded UTF-8")
}

fn too_many() -> Refused {
    let message = format!("the query has more than {PARAMETERS} parameters");
    Refused::new(Refusal::InvalidParameter, message)
}

/// Names and values of a query string; `None` for a pair that cannot be decoded.
fn pairs(query: &str) -> impl Iterator<Item = Option<(Cow<'_, str>, Cow<'_, str>)>> {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        Some((plus(name)?, plus(value)?))
    })
}

/// Form encoding: a plus sign is a space.
fn plus(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('+') {
        return decode(text);
    }
    let spaced = text.replace('+', " ");
    decode(&spaced).map(|decoded| Cow::Owned(decoded.into_owned()))
}

/// The cursor after a row with these values.
pub(crate) fn write_cursor(values: &[Cell]) -> String {
    let json = |cell: &Cell| match cell {
        Cell::Null | Cell::Blob(_) => Value::Null,
        Cell::Integer(number) => (*number).into(),
        Cell::Real(number) => (*number).into(),
        Cell::Text(text) => text.as_str().into(),
    };
    BASE64.encode(values.iter().map(json).collect::<Value>().to_string())
}

fn read_cursor(text: &str) -> Option<Vec<Cell>> {
    let bytes = BASE64.decode(text).ok()?;
    let values: Vec<Value> = serde_json::from_slice(&bytes).ok()?;
    values.into_iter().map(cell).collect()
}

fn cell(value: Value) -> Option<Cell> {
    match value {
        Value::String(text) => Some(Cell::Text(text)),
        Value::Number(number) => {
            number.as_i64().map(Cell::Integer).or_else(|| number.as_f64().map(Cell::Real))
        }
        _ => None,
    }
}

/// The query string of the next page: this one's, with another cursor.
pub(crate) fn next_query(query: &str, cursor: &str) -> String {
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
    let mut all: Vec<&str> = kept.collect();
    let cursor = format!("cursor={cursor}");
    all.push(&cursor);
    all.join("&")
}

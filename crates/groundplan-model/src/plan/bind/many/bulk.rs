//! Writes of many rows: where the request has them, and what it answers.

use serde_json::{Map, Value};

use crate::document::{Document, Method};
use crate::plan::names::snake;
use crate::plan::scope::{Reason, Scope};
use crate::plan::statements::Statement;
use crate::plan::{examples, list_shape};
use crate::service::{Bulk, BulkAnswer, BulkSlot, BulkSource, ListShape, Resource, Role};

/// Rows of a request at most.
const MAX: u32 = 100;

const MANY: [&str; 5] = ["bulk", "batch", "multiple", "several", "many"];
const FAILURES: [&str; 5] = ["failed", "errors", "skipped", "failures", "failed_count"];

/// Whether the row says that it is about many rows: in words, or with an array as its body. A POST
/// "with several items" is one row all the same.
pub(super) fn says_many(document: &Document, statement: &Statement) -> bool {
    let creates = statement.method == Method::Post;
    let words: &[&str] = if creates { &["bulk", "batch"] } else { &MANY };
    let says = |text: &str| {
        let lower = text.to_lowercase();
        let mut own = lower.split(|c: char| !c.is_alphanumeric());
        own.any(|word| words.contains(&word)) || lower.contains("in one request")
    };
    let is_type = |text: &str| {
        let text = text.trim().trim_matches('`');
        text.starts_with(|c: char| c.is_ascii_uppercase()) && text.contains("[]")
    };
    let requests = || statement.stated(document).filter_map(|it| it.request.as_ref());
    let purposes = statement.stated(document).filter_map(|it| it.purpose.as_ref());
    match examples::request(document, statement) {
        Some(Value::Array(_)) => true,
        Some(Value::Object(members)) if creates => {
            array(&members, is_row).is_ok() && purposes.chain(requests()).any(|it| says(&it.text))
        }
        _ => {
            let typed = requests().any(|it| is_type(&it.text));
            typed || purposes.chain(requests()).any(|it| says(&it.text))
        }
    }
}

pub(super) fn create(scope: &Scope<'_>) -> Result<Bulk, Reason> {
    let source = match examples::request(scope.document, scope.statement) {
        Some(Value::Object(members)) => BulkSource::Rows(Some(array(&members, is_row)?)),
        _ => BulkSource::Rows(None),
    };
    Ok(Bulk { source, answer: answer(scope, true), max: MAX })
}

pub(super) fn update(scope: &mut Scope<'_>, resource: &Resource) -> Result<Bulk, Reason> {
    let source = match examples::request(scope.document, scope.statement) {
        Some(Value::Object(members)) if array(&members, is_row).is_ok() => {
            BulkSource::Rows(Some(array(&members, is_row)?))
        }
        Some(Value::Object(members)) => BulkSource::Keys {
            member: Some(array(&members, is_key)?),
            changes: changes(&members, resource)?,
        },
        Some(_) => BulkSource::Rows(None),
        None => {
            let message = "the body is an array of rows, each with its key: nothing shows another";
            scope.assume("D4", message.to_owned());
            BulkSource::Rows(None)
        }
    };
    has_key(resource)?;
    Ok(Bulk { source, answer: answer(scope, false), max: MAX })
}

pub(super) fn delete(scope: &mut Scope<'_>, resource: &Resource) -> Result<Bulk, Reason> {
    let source = match examples::request(scope.document, scope.statement) {
        Some(Value::Object(members)) => {
            BulkSource::Keys { member: Some(array(&members, is_key)?), changes: None }
        }
        Some(_) => BulkSource::Keys { member: None, changes: None },
        None if declares_query(scope) => BulkSource::Query,
        None => {
            let message = "the body is `{\"ids\": […]}`: nothing shows another";
            scope.assume("D4", message.to_owned());
            BulkSource::Keys { member: Some("ids".to_owned()), changes: None }
        }
    };
    has_key(resource)?;
    let in_a_cell = |it: &crate::document::Endpoint| {
        it.response.as_ref().is_some_and(|cell| list_shape::cell_members(&cell.text).is_some())
    };
    let shown = examples::response(scope.document, scope.statement).is_some()
        || scope.statement.stated(scope.document).any(in_a_cell);
    let answer = if shown { answer(scope, false) } else { BulkAnswer::Nothing };
    Ok(Bulk { source, answer, max: MAX })
}

/// Rows of a bulk write are named by their one key.
fn has_key(resource: &Resource) -> Result<(), Reason> {
    let name = &resource.table.name;
    resource.key_index().map(|_| ()).ok_or_else(|| format!("rows of `{name}` have no single key"))
}

fn declares_query(scope: &Scope<'_>) -> bool {
    let mut stated = scope.statement.stated(scope.document);
    stated.any(|it| {
        let asks = it.request.as_ref().is_some_and(|cell| cell.text.contains('?'));
        asks || !it.query.is_empty()
    })
}

fn is_row(value: &Value) -> bool {
    value.is_object()
}

fn is_key(value: &Value) -> bool {
    value.is_string() || value.is_number()
}

/// The one member whose array has such items.
fn array(members: &Map<String, Value>, is_it: fn(&Value) -> bool) -> Result<String, Reason> {
    let arrays = members.iter().filter(|(_, value)| {
        value.as_array().is_some_and(|items| items.first().is_some_and(is_it))
    });
    let names: Vec<&String> = arrays.map(|(name, _)| name).collect();
    match names.as_slice() {
        [only] => Ok((*only).clone()),
        _ => Err("the documented body has no one array that says which rows are meant".to_owned()),
    }
}

/// The member with what changes; `None` where that stands beside the keys.
fn changes(members: &Map<String, Value>, resource: &Resource) -> Result<Option<String>, Reason> {
    let is_column = |name: &str| {
        let word = snake(name);
        let writable = |role: Role| role.is_writable();
        let fields = resource.fields.iter().zip(&resource.table.columns);
        fields
            .into_iter()
            .any(|(field, column)| writable(field.role) && snake(&column.name) == word)
    };
    let mut objects = members.iter().filter(|(name, value)| value.is_object() && !is_column(name));
    if let Some((name, _)) = objects.next() {
        return Ok(Some(name.clone()));
    }
    match members.keys().any(|name| is_column(name)) {
        true => Ok(None),
        false => Err("the documented body does not say what changes".to_owned()),
    }
}

/// What success is answered with: by the example, else the rows that were made, or their number.
fn answer(scope: &Scope<'_>, creates: bool) -> BulkAnswer {
    match examples::response(scope.document, scope.statement) {
        Some(Value::Object(members)) => BulkAnswer::Object(slots(&members)),
        Some(_) => BulkAnswer::Rows(ListShape::Array),
        None if creates => BulkAnswer::Rows(list_shape::of(scope.document, scope.statement, None)),
        None => BulkAnswer::Object(in_cell(scope)),
    }
}

/// `{updated}` of the response cell; the number of rows is called so where nothing is said.
fn in_cell(scope: &Scope<'_>) -> Vec<(String, BulkSlot)> {
    let stated = scope.statement.stated(scope.document);
    let mut cells = stated.filter_map(|it| list_shape::cell_members(&it.response.as_ref()?.text));
    let slot = |is_rows: bool| if is_rows { BulkSlot::Rows } else { BulkSlot::Count };
    match cells.next() {
        Some(members) => members.into_iter().map(|(name, rows)| (name, slot(rows))).collect(),
        None => vec![("updated".to_owned(), BulkSlot::Count)],
    }
}

fn slots(members: &Map<String, Value>) -> Vec<(String, BulkSlot)> {
    let slot = |(name, value): (&String, &Value)| {
        let failed = FAILURES.contains(&snake(name).as_str());
        let slot = match value {
            Value::Number(_) if failed => BulkSlot::Constant(Value::from(0)),
            Value::Array(_) if failed => BulkSlot::Constant(Value::Array(Vec::new())),
            Value::Number(_) => BulkSlot::Count,
            Value::Array(items) if items.first().is_some_and(is_row) => BulkSlot::Rows,
            Value::Array(items) if items.first().is_some_and(is_key) => BulkSlot::Keys,
            value => BulkSlot::Constant(value.clone()),
        };
        (name.clone(), slot)
    };
    members.iter().map(slot).collect()
}

//! Bodies and answers of writes of many rows.

use groundplan_model::document::Method;
use groundplan_model::service::{
    Bulk, BulkAnswer, BulkSlot, BulkSource, Key, ListShape, Operation, PageSlot, Refusal, Route,
    Segment,
};
use serde_json::Value;

use crate::answer::{self, Response};
use crate::refused::{FieldFault, Refused};

/// A row that was written.
pub(super) struct Written {
    /// The row as JSON; empty where it is gone.
    pub(super) row: Vec<u8>,
    /// Its key as JSON.
    pub(super) key: Value,
}

/// The parameter of a route to one row whose key comes with the body.
const KEY: &str = "key of the body";

/// The route to one row of a collection, for the same work on each of many.
pub(super) fn to_one(route: &Route, key: usize, operation: Operation) -> Route {
    let mut one = route.clone();
    one.path.push(Segment::Parameter(KEY.to_owned()));
    if let Some(binding) = &mut one.binding {
        binding.key = Some(Key { parameter: KEY.to_owned(), column: key });
    }
    if operation == Operation::Delete {
        one.method = Method::Delete;
        one.success = 204;
    }
    one.operation = operation;
    one
}

/// The array of a body, at least one item and at most as many as are allowed.
pub(super) fn items(bulk: &Bulk, body: &mut Value) -> Result<Vec<Value>, Refused> {
    let member = match &bulk.source {
        BulkSource::Rows(member) | BulkSource::Keys { member, .. } => member.as_deref(),
        BulkSource::Query => None,
    };
    let found = match member {
        None => Some(body),
        Some(name) => body.get_mut(name),
    };
    let Some(Value::Array(items)) = found.map(Value::take) else {
        return Err(match member {
            None => Refused::new(Refusal::MalformedBody, "the body must be a JSON array"),
            Some(name) => of_member(name, "must be an array"),
        });
    };
    let max = usize::try_from(bulk.max).unwrap_or(usize::MAX);
    if items.is_empty() || items.len() > max {
        let message = format!("must have from 1 to {max} items");
        return Err(of_member(member.unwrap_or("body"), message));
    }
    Ok(items)
}

/// Reads a body that may be any JSON.
pub(super) fn read(body: &[u8]) -> Result<Value, Refused> {
    serde_json::from_slice(body).map_err(|error| Refused::malformed(&error))
}

pub(super) fn of_member(name: &str, message: impl Into<String>) -> Refused {
    let fault = vec![FieldFault::new(name, message)];
    Refused::fields(Refusal::InvalidField, "the body does not fit", fault)
}

/// A refusal of one row among many: says which.
pub(super) fn at(index: usize, refused: Refused) -> Refused {
    let mut refused = refused;
    for fault in &mut refused.faults {
        fault.field = format!("{index}.{}", fault.field);
    }
    refused.message = format!("row {index}: {}", refused.message).into();
    refused
}

/// Refusals of several rows as one, with all their faults.
pub(super) fn all(refusals: Vec<(usize, Refused)>) -> Result<(), Refused> {
    const FAULTS: usize = 32;
    let mut refusals = refusals.into_iter().map(|(index, refused)| at(index, refused));
    let Some(mut first) = refusals.next() else { return Ok(()) };
    first.faults.extend(refusals.flat_map(|it| it.faults));
    first.faults.truncate(FAULTS);
    Err(first)
}

/// The answer to a write of many rows.
pub(super) fn answer(success: u16, form: &BulkAnswer, written: &[Written]) -> Response {
    match form {
        BulkAnswer::Nothing => answer::empty(success),
        _ if success == 204 => answer::empty(success),
        BulkAnswer::Rows(shape) => answer::json(success, listed(shape, written)),
        BulkAnswer::Object(members) => {
            let mut body = Vec::new();
            for (index, (name, slot)) in members.iter().enumerate() {
                push_name(index, name, &mut body);
                match slot {
                    BulkSlot::Count => body.extend(written.len().to_string().into_bytes()),
                    BulkSlot::Rows => body.extend(array(written)),
                    BulkSlot::Keys => body.extend(keys(written)),
                    BulkSlot::Constant(value) => body.extend(value.to_string().into_bytes()),
                }
            }
            body.extend_from_slice(if members.is_empty() { b"{}" } else { b"}" });
            answer::json(success, body)
        }
    }
}

fn push_name(index: usize, name: &str, body: &mut Vec<u8>) {
    body.push(if index == 0 { b'{' } else { b',' });
    body.extend(Value::from(name).to_string().into_bytes());
    body.push(b':');
}

fn listed(shape: &ListShape, written: &[Written]) -> Vec<u8> {
    let ListShape::Envelope(members) = shape else { return array(written) };
    let mut body = Vec::new();
    for (index, (name, slot)) in members.iter().enumerate() {
        push_name(index, name, &mut body);
        match slot {
            PageSlot::Items => body.extend(array(written)),
            PageSlot::Total | PageSlot::Count => {
                body.extend(written.len().to_string().into_bytes());
            }
            PageSlot::Constant(value) => body.extend(value.to_string().into_bytes()),
            _ => body.extend_from_slice(b"null"),
        }
    }
    body.extend_from_slice(if members.is_empty() { b"{}" } else { b"}" });
    body
}

fn array(written: &[Written]) -> Vec<u8> {
    let rows: Vec<&[u8]> = written.iter().map(|it| it.row.as_slice()).collect();
    [b"[".as_slice(), &rows.join(&b","[..]), b"]"].concat()
}

fn keys(written: &[Written]) -> Vec<u8> {
    written.iter().map(|it| it.key.clone()).collect::<Value>().to_string().into_bytes()
}

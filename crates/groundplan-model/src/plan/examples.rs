//! JSON examples of an endpoint: bodies, statuses, and how fields are called on the wire.

use groundplan_syntax::Span;
use serde_json::Value;

use super::names;
use super::statements::Statement;
use crate::document::{Document, Example, ExampleRole};
use crate::service::{Resource, Route};

fn of<'a>(document: &'a Document, statement: &'a Statement) -> impl Iterator<Item = &'a Example> {
    let own =
        |example: &&Example| example.endpoint.is_some_and(|at| statement.endpoints.contains(&at));
    document.examples.iter().filter(own)
}

/// The documented request body.
pub(super) fn request(document: &Document, statement: &Statement) -> Option<Value> {
    let mut examples = of(document, statement).filter(|it| it.role == ExampleRole::Request);
    examples.find_map(|it| it.value.clone())
}

/// The documented answer of success.
pub(super) fn response(document: &Document, statement: &Statement) -> Option<Value> {
    let good = |it: &&Example| match it.role {
        ExampleRole::Response(status) => status.is_none_or(|it| (200..300).contains(&it)),
        _ => false,
    };
    of(document, statement).filter(good).find_map(|it| it.value.clone())
}

/// Statuses of success that examples name.
pub(super) fn statuses(document: &Document, statement: &Statement) -> Vec<(u16, Span)> {
    let status = |it: &Example| match it.role {
        ExampleRole::Response(Some(status)) if (200..300).contains(&status) => Some(status),
        _ => None,
    };
    of(document, statement).filter_map(|it| Some((status(it)?, it.span))).collect()
}

/// Gives fields the spelling of the examples: `createdAt` for `created_at`.
pub(super) fn wire_names(resources: &mut [Resource], routes: &[Route]) {
    for (index, resource) in resources.iter_mut().enumerate() {
        let own =
            routes.iter().filter(|it| it.binding.as_ref().is_some_and(|b| b.resource == index));
        let bodies = own.flat_map(|it| [it.request_example.as_ref(), it.response_example.as_ref()]);
        let mut keys = Vec::new();
        bodies.flatten().for_each(|value| collect_keys(value, &mut keys));
        for field in &mut resource.fields {
            let camel = names::camel(&field.name);
            if !keys.contains(&field.name.as_str()) && keys.contains(&camel.as_str()) {
                field.name = camel;
            }
        }
    }
}

/// Keys of an object, of the objects in an array, and one level down (envelopes).
fn collect_keys<'a>(value: &'a Value, keys: &mut Vec<&'a str>) {
    match value {
        Value::Object(members) => {
            keys.extend(members.keys().map(String::as_str));
            let inner = members.values().filter(|it| it.is_object() || it.is_array());
            inner.for_each(|it| collect_keys(it, keys));
        }
        Value::Array(items) => items.iter().take(1).for_each(|it| collect_keys(it, keys)),
        _ => {}
    }
}

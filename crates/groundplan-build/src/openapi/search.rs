//! The body of a search: what other lists take in their query string, as members.

use groundplan_model::service::{Query, Resource, Test};
use serde_json::{Map, Value, json};

use super::{column, query};

/// Values that a member takes at most.
const VALUES: u32 = 100;

/// An object with a member for each parameter of `query`; the name of one is its path.
pub(super) fn body(resource: &Resource, query: &Query) -> Value {
    let mut body = object();
    for parameter in query::parameters(resource, query) {
        let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default();
        put(&mut body, name, member(resource, query, &parameter));
    }
    body
}

fn object() -> Value {
    json!({ "type": "object", "additionalProperties": false, "properties": {} })
}

/// What a parameter takes, where it stands in a body.
fn member(resource: &Resource, query: &Query, parameter: &Value) -> Value {
    let named = |key: &str| parameter.get(key).cloned().unwrap_or_default();
    let name = named("name");
    let several = query.filters.iter().find(|it| name == it.parameter && it.test == Test::In);
    let column = several.and_then(|it| resource.column(it.column));
    let schema = match column {
        Some(column) => json!({
            "type": "array", "minItems": 1, "maxItems": VALUES,
            "items": column::parameter(&column.unbounded()),
        }),
        None => named("schema"),
    };
    let mut schema = schema.as_object().cloned().unwrap_or_default();
    schema.insert("description".into(), named("description"));
    if query.idle.iter().any(|it| name == *it) {
        schema.remove("type");
    }
    Value::Object(schema)
}

/// Puts a schema at its path: `filters.price.gte` is a member of a member of a member.
fn put(object: &mut Value, path: &str, schema: Value) {
    let Some(properties) = object.get_mut("properties").and_then(Value::as_object_mut) else {
        return;
    };
    match path.split_once('.') {
        Some((outer, rest)) => put(inner(properties, outer), rest, schema),
        None => drop(properties.insert(path.to_owned(), schema)),
    }
}

fn inner<'p>(properties: &'p mut Map<String, Value>, name: &str) -> &'p mut Value {
    properties.entry(name).or_insert_with(object)
}

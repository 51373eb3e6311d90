//! An example of a schema, where the document shows none.

use serde_json::{Map, Value, json};

use super::schema::resolve;

const DEPTH_LIMIT: usize = 5;

/// The media type's own example, or one that fits its schema.
pub(super) fn of_media(openapi: &Value, media: &Value) -> Value {
    let own = media.get("example").cloned();
    own.unwrap_or_else(|| {
        media.get("schema").map_or(Value::Null, |it| sample(openapi, it, DEPTH_LIMIT))
    })
}

fn sample(openapi: &Value, schema: &Value, depth: usize) -> Value {
    let schema = resolve(openapi, schema);
    if let Some(value) = schema.get("default") {
        return value.clone();
    }
    if let Some(first) = schema.get("enum").and_then(Value::as_array).and_then(|it| it.first()) {
        return first.clone();
    }
    match first_type(schema) {
        "object" => object(openapi, schema, depth),
        "array" => array(openapi, schema, depth),
        "string" => string(schema),
        "integer" | "number" => number(schema),
        "boolean" => json!(false),
        _ => Value::Null,
    }
}

fn first_type(schema: &Value) -> &str {
    match schema.get("type") {
        Some(Value::Array(types)) => types.first().and_then(Value::as_str).unwrap_or(""),
        Some(ty) => ty.as_str().unwrap_or(""),
        None => "",
    }
}

fn object(openapi: &Value, schema: &Value, depth: usize) -> Value {
    let Some(Value::Object(properties)) = schema.get("properties").filter(|_| depth > 0) else {
        return json!({});
    };
    let member =
        |(name, property): (&String, &Value)| (name.clone(), sample(openapi, property, depth - 1));
    Value::Object(properties.iter().map(member).collect::<Map<_, _>>())
}

fn array(openapi: &Value, schema: &Value, depth: usize) -> Value {
    let items = schema.get("items").filter(|_| depth > 0);
    items.map_or_else(|| json!([]), |items| json!([sample(openapi, items, depth - 1)]))
}

fn number(schema: &Value) -> Value {
    let least = schema.get("minimum").filter(|it| it.as_f64().is_some_and(|least| least > 1.0));
    let most = schema.get("maximum").filter(|it| it.as_f64().is_some_and(|most| most < 1.0));
    least.or(most).cloned().unwrap_or_else(|| json!(1))
}

fn string(schema: &Value) -> Value {
    let text = match schema.get("format").and_then(Value::as_str) {
        Some("uuid") => "0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b",
        Some("date-time") => "2026-01-02T03:04:05.000006Z",
        Some("date") => "2026-01-02",
        Some("decimal") => "1",
        _ if schema.get("contentEncoding").is_some() => "AAAA",
        _ => return json!(sized(schema)),
    };
    json!(text)
}

/// `text`, repeated or cut to the schema's lengths.
fn sized(schema: &Value) -> String {
    let length = |name: &str| schema.get(name).and_then(Value::as_u64);
    let to_usize = |length: u64| usize::try_from(length).unwrap_or(usize::MAX);
    let least = length("minLength").map_or(0, to_usize).min(1_000);
    let most = length("maxLength").map_or(usize::MAX, to_usize);
    "text".chars().cycle().take(least.max(4).min(most)).collect()
}

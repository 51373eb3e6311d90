//! `docs/groundplan.schema.json`: what editors hold a configuration file against.

use serde_json::{Map, Value, json};

use super::KEYS;
use super::key::{Key, Shape};

/// The schema, made from the table of keys.
pub(crate) fn schema() -> Value {
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "groundplan.toml",
        "description": "What a team settled for its design documents.",
    });
    if let (Value::Object(schema), Value::Object(keys)) = (&mut schema, table(KEYS)) {
        schema.extend(keys);
    }
    schema
}

fn table(keys: &[Key]) -> Value {
    let property = |key: &Key| {
        let mut schema = of(&key.shape);
        if let Value::Object(schema) = &mut schema {
            schema.insert("description".to_owned(), json!(key.about));
        }
        (key.name.to_owned(), schema)
    };
    let properties: Map<String, Value> = keys.iter().map(property).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn of(shape: &Shape) -> Value {
    match shape {
        Shape::Text => json!({ "type": "string" }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Count => json!({ "type": "integer", "minimum": 0 }),
        Shape::Pattern => json!({ "type": "string", "format": "regex" }),
        Shape::Day => json!({ "type": "string", "format": "date" }),
        Shape::Texts | Shape::Globs | Shape::Documents => list(&json!({ "type": "string" })),
        Shape::Rules => list(&json!({ "type": "string", "examples": rules() })),
        Shape::OneOf(words) => json!({ "type": "string", "enum": words() }),
        Shape::Levels(words) => {
            let word = json!({ "type": "string", "enum": words() });
            list(&json!({ "anyOf": [word, list(&word)] }))
        }
        Shape::ByRule(words) => {
            let word = json!({ "type": "string", "enum": words() });
            let known: Map<String, Value> =
                rules().into_iter().map(|it| (it.to_owned(), word.clone())).collect();
            json!({ "type": "object", "properties": known, "additionalProperties": word })
        }
        Shape::Named(shape) => json!({ "type": "object", "additionalProperties": of(shape) }),
        Shape::Table(keys) => table(keys),
        Shape::Tables(keys) => list(&table(keys)),
    }
}

fn list(of: &Value) -> Value {
    json!({ "type": "array", "items": of })
}

/// All rules and groups.
fn rules() -> Vec<&'static str> {
    let mut names: Vec<&str> = Vec::new();
    for name in groundplan_analysis::ALL.iter().flat_map(|rule| [rule.group, rule.name]) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

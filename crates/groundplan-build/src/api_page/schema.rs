//! JSON Schemas as tables of members.

use serde_json::{Map, Value};

use super::html::{self, escape, prose};
use super::text;
use crate::openapi::TEXT_PATTERN;

/// Schemas nest as deep as error bodies do; a schema that refers to itself ends here.
const DEPTH_LIMIT: usize = 5;

/// The schema that `schema` refers to, or itself.
pub(super) fn resolve<'a>(openapi: &'a Value, schema: &'a Value) -> &'a Value {
    let reference = schema.get("$ref").and_then(Value::as_str);
    let pointer = reference.and_then(|it| it.strip_prefix('#'));
    pointer.and_then(|it| openapi.pointer(it)).unwrap_or(schema)
}

/// The name of the schema that `schema` refers to.
pub(super) fn name(schema: &Value) -> Option<&str> {
    text(schema, "/$ref").strip_prefix("#/components/schemas/")
}

/// A short description with a link: `Export`, `array of Export`, `object`.
pub(super) fn label(schema: &Value) -> String {
    if let Some(name) = name(schema) {
        let id = html::id("schema", name);
        return format!("<a href=\"#{id}\">{}</a>", escape(name));
    }
    match schema.get("items") {
        Some(items) => format!("array of {}", label(items)),
        None => escape(&types(schema)),
    }
}

/// One row a member, members of members with dotted names.
pub(super) fn table(openapi: &Value, schema: &Value) -> String {
    let mut rows = String::new();
    members(openapi, schema, "", DEPTH_LIMIT, &mut rows);
    if rows.is_empty() {
        return "<p>No members.</p>\n".to_owned();
    }
    html::table(&["Member", "Type", "Bounds"], &rows)
}

fn members(openapi: &Value, schema: &Value, prefix: &str, depth: usize, rows: &mut String) {
    let schema = resolve(openapi, schema);
    let Some(Value::Object(properties)) = schema.get("properties") else { return };
    for (name, property) in properties {
        let path = format!("{prefix}{name}");
        rows.push_str(&row(schema, name, &path, property));
        if depth > 0 {
            members(openapi, property, &format!("{path}."), depth - 1, rows);
            if let Some(items) = property.get("items") {
                members(openapi, items, &format!("{path}[]."), depth - 1, rows);
            }
        }
    }
}

fn row(schema: &Value, name: &str, path: &str, property: &Value) -> String {
    let path = escape(path);
    let mark =
        if is_required(schema, name) { " <span class=\"required\">required</span>" } else { "" };
    let (label, bounds) = (label(property), bounds(property));
    format!(
        "<tr><th scope=\"row\"><code>{path}</code>{mark}</th><td>{label}</td><td>{bounds}</td></tr>\n"
    )
}

fn is_required(schema: &Value, name: &str) -> bool {
    let required = schema.get("required").and_then(Value::as_array);
    // In a row everything is there: the word says something of bodies only.
    let is_body = schema.get("additionalProperties") == Some(&Value::Bool(false));
    is_body && required.is_some_and(|names| names.iter().any(|it| it == name))
}

/// `string or null`, `integer (int64)`.
pub(super) fn types(schema: &Value) -> String {
    let types = match schema.get("type") {
        Some(Value::String(ty)) => ty.clone(),
        Some(Value::Array(types)) => {
            types.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or ")
        }
        _ => "any".to_owned(),
    };
    match text(schema, "/format") {
        "" => types,
        format => format!("{types} ({format})"),
    }
}

/// What else is known of a value, as HTML.
pub(super) fn bounds(schema: &Value) -> String {
    let Value::Object(schema) = schema else { return String::new() };
    let mut bounds = Vec::new();
    bounds.extend(allowed(schema));
    bounds.extend(range(schema, "minimum", "maximum", ""));
    bounds.extend(range(schema, "minLength", "maxLength", " characters"));
    bounds.extend(pattern(schema));
    if let Some(default) = schema.get("default") {
        bounds.push(format!("default <code>{}</code>", escape(&default.to_string())));
    }
    let sentence = schema.get("description").and_then(Value::as_str);
    bounds.extend(sentence.map(prose));
    for (flag, word) in [("readOnly", "read only"), ("writeOnly", "never given out")] {
        if schema.get(flag) == Some(&Value::Bool(true)) {
            bounds.push(word.to_owned());
        }
    }
    bounds.join("; ")
}

fn allowed(schema: &Map<String, Value>) -> Option<String> {
    let values = schema.get("enum")?.as_array()?;
    let shown = values.iter().filter(|value| !value.is_null()).map(|value| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        format!("<code>{}</code>", escape(&text))
    });
    Some(shown.collect::<Vec<_>>().join(" "))
}

/// The ends of 64 bits are not shown: they bound every integer.
fn range(schema: &Map<String, Value>, least: &str, most: &str, unit: &str) -> Option<String> {
    let bound = |name: &str| {
        schema.get(name).filter(|it| it.as_i64() != Some(i64::MIN) && it.as_i64() != Some(i64::MAX))
    };
    match (bound(least), bound(most)) {
        (Some(least), Some(most)) if least == most => Some(format!("exactly {least}{unit}")),
        (Some(least), Some(most)) => Some(format!("{least} to {most}{unit}")),
        (Some(least), None) => Some(format!("at least {least}{unit}")),
        (None, Some(most)) => Some(format!("at most {most}{unit}")),
        (None, None) => None,
    }
}

fn pattern(schema: &Map<String, Value>) -> Option<String> {
    let pattern = schema.get("pattern")?.as_str().filter(|it| *it != TEXT_PATTERN)?;
    Some(format!("pattern <code>{}</code>", escape(pattern)))
}

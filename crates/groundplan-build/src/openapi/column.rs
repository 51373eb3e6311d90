//! A column as a JSON Schema: what the service takes for it and gives for it, no more and no less.

use groundplan_model::schema::{Column, ColumnType, Limit};
use serde_json::{Map, Number, Value, json};

use super::decimal;

/// Any text but one with NUL: SQLite's `length` ends at it, so no bound would hold.
pub(crate) const TEXT_PATTERN: &str = r"^[^\u0000]*$";

/// Padded standard base64 (RFC 4648, section 4).
const BASE64_PATTERN: &str = "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$";

/// The schema of a member of a body; NULL is allowed where the column allows it.
pub(super) fn schema(column: &Column) -> Map<String, Value> {
    let mut schema = not_null(column);
    if !column.not_null {
        allow_null(&mut schema);
    }
    schema
}

/// The schema of a path or query parameter, which is never NULL.
pub(super) fn parameter(column: &Column) -> Value {
    Value::Object(not_null(column))
}

fn not_null(column: &Column) -> Map<String, Value> {
    match column.ty {
        ColumnType::Integer { .. } => integer(column),
        ColumnType::Float => float(column),
        ColumnType::Decimal => decimal(column),
        ColumnType::Boolean => typed("boolean"),
        ColumnType::Uuid => formatted("uuid"),
        ColumnType::Timestamp => formatted("date-time"),
        ColumnType::Date => formatted("date"),
        ColumnType::Json => json_value(),
        ColumnType::Array => typed("array"),
        ColumnType::Bytes => bytes(column),
        ColumnType::Text | ColumnType::Other => text(column),
    }
}

fn typed(ty: &str) -> Map<String, Value> {
    Map::from_iter([("type".to_owned(), json!(ty))])
}

fn formatted(format: &str) -> Map<String, Value> {
    let mut schema = typed("string");
    schema.insert("format".into(), json!(format));
    schema
}

fn integer(column: &Column) -> Map<String, Value> {
    let mut schema = typed("integer");
    schema.insert("format".into(), json!("int64"));
    let allowed: Vec<i64> = column.allowed.iter().filter_map(|it| it.parse().ok()).collect();
    if !allowed.is_empty() {
        schema.insert("enum".into(), json!(allowed));
    }
    let least = column.minimum.map_or_else(|| i64::MIN.into(), number);
    let most = column.maximum.map_or_else(|| i64::MAX.into(), number);
    schema.insert("minimum".into(), least);
    schema.insert("maximum".into(), most);
    schema
}

fn float(column: &Column) -> Map<String, Value> {
    let mut schema = typed("number");
    schema.insert("format".into(), json!("double"));
    let mut insert = |limit: Option<Limit>, name: &str, exclusive: &str| match limit {
        Some(Limit::Included(bound)) => drop(schema.insert(name.into(), number(bound))),
        Some(Limit::Excluded(bound)) => drop(schema.insert(exclusive.into(), number(bound))),
        None => {}
    };
    insert(column.least(), "minimum", "exclusiveMinimum");
    insert(column.most(), "maximum", "exclusiveMaximum");
    schema
}

/// A bound as people write it: `1`, not `1.0`.
fn number(value: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "whole and within 2^53")]
    if value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0 {
        return Value::from(value as i64);
    }
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

fn text(column: &Column) -> Map<String, Value> {
    let mut schema = typed("string");
    if column.allowed.is_empty() {
        lengths(column, &mut schema);
        schema.insert("pattern".into(), json!(TEXT_PATTERN));
    } else {
        schema.insert("enum".into(), json!(column.allowed));
    }
    schema
}

fn lengths(column: &Column, schema: &mut Map<String, Value>) {
    if let Some(least) = column.min_length.filter(|least| *least > 0) {
        schema.insert("minLength".into(), json!(least));
    }
    if let Some(most) = column.max_length {
        schema.insert("maxLength".into(), json!(most));
    }
}

/// The column's lengths count bytes, the schema's characters: four for three bytes.
fn bytes(column: &Column) -> Map<String, Value> {
    let encoded = |bytes: u64| bytes.div_ceil(3).saturating_mul(4);
    let mut schema = typed("string");
    schema.insert("contentEncoding".into(), json!("base64"));
    if let Some(least) = column.min_length.filter(|least| *least > 0) {
        schema.insert("minLength".into(), json!(encoded(least)));
    }
    if let Some(most) = column.max_length {
        schema.insert("maxLength".into(), json!(encoded(most)));
    }
    schema.insert("pattern".into(), json!(BASE64_PATTERN));
    schema
}

fn decimal(column: &Column) -> Map<String, Value> {
    let mut schema = typed("string");
    schema.insert("format".into(), json!("decimal"));
    if column.allowed.is_empty() {
        schema.extend(decimal::within(column));
    } else {
        schema.insert("enum".into(), json!(column.allowed));
    }
    schema
}

/// Anything but null, which stands for NULL. That no text within may have NUL is not said: a schema
/// that refers to itself could, and tools that make requests of it do not come to an end.
fn json_value() -> Map<String, Value> {
    let types = json!(["object", "array", "string", "number", "boolean"]);
    Map::from_iter([("type".to_owned(), types)])
}

fn allow_null(schema: &mut Map<String, Value>) {
    let types = match schema.get("type") {
        Some(Value::Array(types)) => types.iter().cloned().chain([json!("null")]).collect(),
        Some(ty) => json!([ty, "null"]),
        None => return,
    };
    schema.insert("type".into(), types);
    if let Some(Value::Array(allowed)) = schema.get_mut("enum") {
        allowed.push(Value::Null);
    }
}

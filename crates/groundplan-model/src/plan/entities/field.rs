//! A field of a type as a column.

use groundplan_syntax::Span;

use crate::document::EntityField;
use crate::plan::names::snake;
use crate::schema::{Column, ColumnType, DefaultValue};

/// Words of a type and the column's type, tried in order on the type in lower case.
const TYPES: &[(&str, ColumnType)] = &[
    ("uuid", ColumnType::Uuid),
    ("guid", ColumnType::Uuid),
    ("datetime", ColumnType::Timestamp),
    ("timestamp", ColumnType::Timestamp),
    ("time.time", ColumnType::Timestamp),
    ("instant", ColumnType::Timestamp),
    ("date", ColumnType::Date),
    ("bool", ColumnType::Boolean),
    ("decimal", ColumnType::Decimal),
    ("numeric", ColumnType::Decimal),
    ("money", ColumnType::Decimal),
    ("float", ColumnType::Float),
    ("double", ColumnType::Float),
    ("f64", ColumnType::Float),
    ("f32", ColumnType::Float),
    ("bigint", ColumnType::Integer { auto: false }),
    ("int", ColumnType::Integer { auto: false }),
    ("i64", ColumnType::Integer { auto: false }),
    ("i32", ColumnType::Integer { auto: false }),
    ("u64", ColumnType::Integer { auto: false }),
    ("u32", ColumnType::Integer { auto: false }),
    ("usize", ColumnType::Integer { auto: false }),
    ("long", ColumnType::Integer { auto: false }),
    ("serial", ColumnType::Integer { auto: true }),
    ("string", ColumnType::Text),
    ("str", ColumnType::Text),
    ("text", ColumnType::Text),
    ("varchar", ColumnType::Text),
    ("char", ColumnType::Text),
    ("enum", ColumnType::Text),
    ("email", ColumnType::Text),
    ("url", ColumnType::Text),
];

/// The column of `field`; `None` for methods and handlers. `entity` is where its type stands.
pub(super) fn column(field: &EntityField, entity: Span) -> Option<Column> {
    let name = snake(&field.name);
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    if !is_name || field.ty.contains("=>") {
        return None;
    }
    let allowed = literals(&field.ty);
    let ty = if allowed.is_empty() { ty(&name, &field.ty) } else { ColumnType::Text };
    let is_time = matches!(ty, ColumnType::Timestamp);
    let is_key = matches!(name.as_str(), "id" | "uuid");
    let filled = is_time && matches!(name.as_str(), "created_at" | "updated_at");
    let optional = field.optional || is_optional(&field.ty);
    let ty = if is_key && is_integer(&ty) { ColumnType::Integer { auto: true } } else { ty };
    let span = if field.span == Span::default() { entity } else { field.span };
    Some(Column {
        declared: field.ty.clone(),
        not_null: !optional && !filled,
        default: filled.then_some(DefaultValue::Now),
        allowed,
        ..Column::plain(name, ty, span)
    })
}

/// The key of a type that has none.
pub(super) fn id(span: Span) -> Column {
    Column { not_null: true, ..Column::plain("id", ColumnType::Integer { auto: true }, span) }
}

fn ty(name: &str, written: &str) -> ColumnType {
    let lower = written.to_lowercase();
    let inner = ["optional[", "option<", "nullable<"].iter().find_map(|it| lower.strip_prefix(it));
    let text = inner.unwrap_or(&lower).trim_start_matches(['*', '&', '?']).to_owned();
    let lists = ["list[", "list<", "vec<", "array<", "set[", "sequence[", "[]", "array of"];
    if text.contains("[]") || lists.iter().any(|it| text.starts_with(it)) {
        return ColumnType::Array;
    }
    let objects = ["{", "dict", "record<", "map", "json", "object", "any", "unknown", "hashmap"];
    if objects.iter().any(|it| text.starts_with(it)) {
        return ColumnType::Json;
    }
    if text.starts_with("number") {
        let whole = ["id", "count", "size", "number", "position", "index", "version", "year"];
        let is_whole = whole.iter().any(|it| name == *it || name.ends_with(&format!("_{it}")));
        return if is_whole { ColumnType::Integer { auto: false } } else { ColumnType::Float };
    }
    let known = TYPES.iter().find(|(word, _)| text.starts_with(word));
    match known {
        // TypeScript's `Date` is a point in time.
        Some((_, ColumnType::Date)) if written == "Date" => ColumnType::Timestamp,
        Some((_, ty)) => ty.clone(),
        None if name.ends_with("_at") => ColumnType::Timestamp,
        None if text.is_empty() || is_reference(name) => ColumnType::Text,
        // Another type of the document: its value as a whole.
        None => ColumnType::Json,
    }
}

fn is_reference(name: &str) -> bool {
    name == "id" || name.ends_with("_id")
}

fn is_integer(ty: &ColumnType) -> bool {
    matches!(ty, ColumnType::Integer { .. })
}

fn is_optional(ty: &str) -> bool {
    let lower = ty.to_lowercase();
    lower.starts_with("optional[")
        || lower.starts_with("option<")
        || lower.contains("| none")
        || lower.contains("| null")
        || lower.contains("| undefined")
        || lower.starts_with('*')
        || lower.ends_with('?')
}

/// Values of `'open' | 'closed'` and `Literal["open", "closed"]`.
fn literals(ty: &str) -> Vec<String> {
    let body = ty.strip_prefix("Literal[").and_then(|it| it.strip_suffix(']'));
    let parts: Vec<&str> = match body {
        Some(body) => body.split(',').collect(),
        None => ty.split('|').collect(),
    };
    let text = |part: &str| {
        let part = part.trim();
        let quoted = ['"', '\'']
            .iter()
            .find_map(|quote| part.strip_prefix(*quote).and_then(|it| it.strip_suffix(*quote)))?;
        Some(quoted.to_owned())
    };
    let known = parts.iter().filter(|it| !matches!(it.trim(), "null" | "undefined" | "None"));
    let found: Option<Vec<String>> = known.map(|it| text(it)).collect();
    found.unwrap_or_default()
}

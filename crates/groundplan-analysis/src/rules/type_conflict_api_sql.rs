//! `type-conflict-api-sql`: a JSON value that its column cannot hold.

use groundplan_model::Severity;
use groundplan_model::schema::{Column, ColumnType};
use serde_json::Value;

use super::{Check, FixKind, Rule};
use crate::table_examples::Shown;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "type-conflict-api-sql",
    group: "api",
    summary: "an example shows a value that the column of the same name cannot hold",
    page: include_str!("type_conflict_api_sql.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for Shown { table, column, member } in context.shown_columns() {
        if fits(column, &member.value) {
            continue;
        }
        let (name, value, declared) = (&column.name, written(&member.value), &column.declared);
        let message = format!("`{name}` is {value} here, but the column is {declared}");
        let note = format!("`{}.{name}` is {declared}", table.name);
        findings
            .report(member.span, message)
            .related(column.span, note)
            .help("give both the same type");
    }
}

/// Whether the column can hold the value as it stands in JSON.
fn fits(column: &Column, value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => is_stand_in(text) || fits_text(column, text),
        Value::Number(number) => fits_number(column, number),
        // Databases without a boolean type keep 0 and 1.
        Value::Bool(_) => matches!(
            column.ty,
            ColumnType::Boolean | ColumnType::Integer { .. } | ColumnType::Json | ColumnType::Other
        ),
        // Arrays and objects are kept as text where there is no type for them, and an object may
        // stand for the row that a key refers to.
        Value::Array(_) => {
            !matches!(column.ty, ColumnType::Boolean | ColumnType::Timestamp | ColumnType::Date)
        }
        Value::Object(_) => {
            !matches!(column.ty, ColumnType::Boolean | ColumnType::Timestamp | ColumnType::Date)
        }
    }
}

fn fits_text(column: &Column, text: &str) -> bool {
    let word = text.trim().to_lowercase();
    match column.ty {
        // Times are often kept as seconds and shown as text.
        ColumnType::Integer { .. } => {
            matches!(word.as_str(), "integer" | "int" | "number" | "bigint" | "int64" | "long")
                || is_time(text)
        }
        ColumnType::Float => matches!(word.as_str(), "float" | "number" | "double"),
        ColumnType::Decimal => {
            word.parse::<f64>().is_ok() || matches!(word.as_str(), "decimal" | "number")
        }
        ColumnType::Boolean => matches!(word.as_str(), "boolean" | "bool"),
        _ => true,
    }
}

fn fits_number(column: &Column, number: &serde_json::Number) -> bool {
    match column.ty {
        ColumnType::Integer { .. } => !number.is_f64(),
        ColumnType::Boolean => false,
        ColumnType::Text | ColumnType::Uuid => false,
        // Numbers are the seconds since 1970.
        _ => true,
    }
}

/// Text that stands for a value of any type.
fn is_stand_in(text: &str) -> bool {
    text.contains(['<', '{', '[', '…', '$']) || text.contains("...") || text.is_empty()
}

/// `2026-01-02…`, or the word for it.
fn is_time(text: &str) -> bool {
    let date = text.get(..5).is_some_and(|it| it.ends_with('-') && it.starts_with(['1', '2']));
    date || text.to_lowercase().contains("timestamp") || text.to_lowercase().contains("iso")
}

/// The value as the message shows it.
fn written(value: &Value) -> String {
    match value {
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        Value::String(text) if text.chars().count() > 40 => "a text".to_owned(),
        value => format!("`{value}`"),
    }
}

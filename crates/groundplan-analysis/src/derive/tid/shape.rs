//! A type with its fields, as each language writes it.

use groundplan_model::schema::{Column, ColumnType, Limit};

use crate::derive::naming::{camel, pascal};

/// How one language writes a type.
struct Form {
    fence: &'static str,
    head: &'static str,
    field: &'static str,
    optional: &'static str,
    end: &'static str,
    /// Text, whole number, number, truth, identifier, time, day, anything, bytes.
    types: [&'static str; 9],
}

static FORMS: [Form; 6] = [
    Form {
        fence: "python",
        head: "@dataclass(frozen=True, slots=True)\nclass {name}:",
        field: "    {field}: {type}",
        optional: "    {field}: {type} | None",
        end: "",
        types: ["str", "int", "float", "bool", "UUID", "datetime", "date", "dict", "bytes"],
    },
    Form {
        fence: "typescript",
        head: "export interface {name} {",
        field: "  {field}: {type};",
        optional: "  {field}: {type} | null;",
        end: "}",
        types: [
            "string",
            "number",
            "number",
            "boolean",
            "string",
            "string",
            "string",
            "unknown",
            "Uint8Array",
        ],
    },
    Form {
        fence: "go",
        head: "type {name} struct {",
        field: "\t{Field} {type} `json:\"{field}\"`",
        optional: "\t{Field} *{type} `json:\"{field}\"`",
        end: "}",
        types: [
            "string",
            "int64",
            "float64",
            "bool",
            "uuid.UUID",
            "time.Time",
            "time.Time",
            "json.RawMessage",
            "[]byte",
        ],
    },
    Form {
        fence: "rust",
        head: "pub struct {name} {",
        field: "    pub {field}: {type},",
        optional: "    pub {field}: Option<{type}>,",
        end: "}",
        types: [
            "String",
            "i64",
            "f64",
            "bool",
            "Uuid",
            "OffsetDateTime",
            "Date",
            "serde_json::Value",
            "Vec<u8>",
        ],
    },
    Form {
        fence: "java",
        head: "public final class {name} {",
        field: "    private {type} {camel};",
        optional: "    private @Nullable {type} {camel};",
        end: "}",
        types: [
            "String",
            "Long",
            "Double",
            "Boolean",
            "UUID",
            "Instant",
            "LocalDate",
            "JsonNode",
            "byte[]",
        ],
    },
    Form {
        fence: "text",
        head: "{name}",
        field: "    {field}: {type}",
        optional: "    {field}: {type}, or nothing",
        end: "",
        types: [
            "text",
            "whole number",
            "number",
            "true or false",
            "UUID",
            "time",
            "day",
            "JSON",
            "bytes",
        ],
    },
];

/// A field of a type.
pub(super) struct Member {
    pub(super) name: String,
    pub(super) ty: MemberType,
    pub(super) optional: bool,
}

/// The type of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum MemberType {
    Column(ColumnType),
    /// A type of the document's own.
    Named(String),
}

/// The type named `name`, as the language of `fence` writes it.
pub(super) fn written(fence: &str, name: &str, members: &[Member]) -> String {
    let form = FORMS.iter().find(|it| it.fence == fence).or(FORMS.last());
    let Some(form) = form else { return String::new() };
    let mut lines = vec![form.head.replace("{name}", name)];
    for member in members {
        let pattern = if member.optional { form.optional } else { form.field };
        let ty = match &member.ty {
            MemberType::Column(ty) => type_name(form, ty).to_owned(),
            MemberType::Named(name) => name.clone(),
        };
        lines.push(
            pattern
                .replace("{field}", &member.name)
                .replace("{Field}", &pascal(&member.name))
                .replace("{camel}", &camel(&member.name))
                .replace("{type}", &ty),
        );
    }
    lines.push(form.end.to_owned());
    lines.join("\n").trim_end().to_owned()
}

fn type_name(form: &Form, ty: &ColumnType) -> &'static str {
    let at = match ty {
        ColumnType::Text | ColumnType::Other => 0,
        ColumnType::Integer { .. } => 1,
        ColumnType::Float | ColumnType::Decimal => 2,
        ColumnType::Boolean => 3,
        ColumnType::Uuid => 4,
        ColumnType::Timestamp => 5,
        ColumnType::Date => 6,
        ColumnType::Json | ColumnType::Array => 7,
        ColumnType::Bytes => 8,
    };
    form.types.get(at).copied().unwrap_or("text")
}

/// What a column's values must hold to, in a few words.
pub(super) fn bounds(column: &Column) -> String {
    let mut parts: Vec<String> = Vec::new();
    match (column.min_length, column.max_length) {
        (Some(low), Some(high)) => parts.push(format!("{low} to {high} characters")),
        (None, Some(high)) => parts.push(format!("at most {high} characters")),
        (Some(low), None) => parts.push(format!("at least {low} characters")),
        (None, None) => {}
    }
    match (column.least(), column.most()) {
        (Some(Limit::Included(low)), Some(Limit::Included(high))) => {
            parts.push(format!("{low} to {high}"));
        }
        (least, most) => {
            parts.extend(least.map(|it| match it {
                Limit::Included(low) => format!("at least {low}"),
                Limit::Excluded(low) => format!("more than {low}"),
            }));
            parts.extend(most.map(|it| match it {
                Limit::Included(high) => format!("at most {high}"),
                Limit::Excluded(high) => format!("less than {high}"),
            }));
        }
    }
    if !column.allowed.is_empty() {
        parts.push(format!("one of {}", column.allowed.join(", ")));
    }
    parts.join("; ")
}

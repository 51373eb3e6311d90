//! A column definition.

use serde_json::Value;
use sqlparser::ast::{
    CharacterLength, ColumnDef, ColumnOption, DataType, EnumMember, Expr, ForeignKeyConstraint,
    Value as SqlValue,
};

use super::ident_text;
use super::statements::{Block, word};
use crate::schema::{Column, ColumnType, DefaultValue};

/// A column, and what its definition says about the table.
pub(super) struct Found<'a> {
    pub(super) column: Column,
    pub(super) primary_key: bool,
    pub(super) unique: bool,
    pub(super) foreign_keys: Vec<&'a ForeignKeyConstraint>,
    pub(super) checks: Vec<&'a Expr>,
}

pub(super) fn column<'a>(block: &Block<'_>, definition: &'a ColumnDef) -> Found<'a> {
    let name = ident_text(block, &definition.name);
    let declared = definition.data_type.to_string();
    let ty = column_type(&declared);
    let column = Column {
        declared,
        max_length: max_length(&definition.data_type),
        allowed: allowed(&definition.data_type),
        ..Column::plain(name.text, ty, name.span)
    };
    let mut found = Found {
        column,
        primary_key: false,
        unique: false,
        foreign_keys: Vec::new(),
        checks: Vec::new(),
    };
    definition.options.iter().for_each(|option| apply(&option.option, &mut found));
    found
}

fn apply<'a>(option: &'a ColumnOption, found: &mut Found<'a>) {
    match option {
        ColumnOption::NotNull => found.column.not_null = true,
        ColumnOption::Default(expression) => {
            found.column.default = Some(default(expression, &found.column.ty));
        }
        ColumnOption::PrimaryKey(_) => {
            found.primary_key = true;
            found.column.not_null = true;
        }
        ColumnOption::Unique(_) => found.unique = true,
        ColumnOption::ForeignKey(key) => found.foreign_keys.push(key),
        ColumnOption::Check(check) => found.checks.push(&check.expr),
        ColumnOption::Generated { sequence_options: Some(_), .. } | ColumnOption::Identity(_) => {
            found.column.ty = ColumnType::Integer { auto: true };
        }
        ColumnOption::DialectSpecific(tokens) => {
            let counts = |name: String| matches!(name.as_str(), "AUTOINCREMENT" | "AUTO_INCREMENT");
            if tokens.iter().map(word).any(counts) {
                found.column.ty = ColumnType::Integer { auto: true };
            }
        }
        _ => {}
    }
}

/// Types by the beginning of their name in capitals, longer names first.
const TYPES: &[(&str, ColumnType)] = &[
    ("DOUBLE", ColumnType::Float),
    ("FLOAT", ColumnType::Float),
    ("REAL", ColumnType::Float),
    ("NUMERIC", ColumnType::Decimal),
    ("DECIMAL", ColumnType::Decimal),
    ("DEC", ColumnType::Decimal),
    ("MONEY", ColumnType::Decimal),
    ("BOOL", ColumnType::Boolean),
    ("UUID", ColumnType::Uuid),
    ("TIMESTAMP", ColumnType::Timestamp),
    ("DATETIME", ColumnType::Timestamp),
    ("DATE", ColumnType::Date),
    ("JSON", ColumnType::Json),
    ("BYTEA", ColumnType::Bytes),
    ("BLOB", ColumnType::Bytes),
    ("BINARY", ColumnType::Bytes),
    ("VARBINARY", ColumnType::Bytes),
    ("BIGSERIAL", ColumnType::Integer { auto: true }),
    ("SMALLSERIAL", ColumnType::Integer { auto: true }),
    ("SERIAL", ColumnType::Integer { auto: true }),
    ("INTERVAL", ColumnType::Text),
    ("TINYINT(1)", ColumnType::Boolean),
    ("TINYINT", ColumnType::Integer { auto: false }),
    ("SMALLINT", ColumnType::Integer { auto: false }),
    ("MEDIUMINT", ColumnType::Integer { auto: false }),
    ("BIGINT", ColumnType::Integer { auto: false }),
    ("INT", ColumnType::Integer { auto: false }),
    ("TEXT", ColumnType::Text),
    ("VARCHAR", ColumnType::Text),
    ("NVARCHAR", ColumnType::Text),
    ("CHARACTER", ColumnType::Text),
    ("CHAR", ColumnType::Text),
    ("CITEXT", ColumnType::Text),
    ("STRING", ColumnType::Text),
    ("ENUM", ColumnType::Text),
    ("CLOB", ColumnType::Text),
    ("TIME", ColumnType::Text),
];

fn column_type(declared: &str) -> ColumnType {
    let name = declared.to_uppercase();
    if name.ends_with("[]") || name.starts_with("ARRAY") {
        return ColumnType::Array;
    }
    let found = TYPES.iter().find(|(prefix, _)| name.starts_with(prefix));
    found.map_or(ColumnType::Other, |(_, ty)| ty.clone())
}

fn max_length(ty: &DataType) -> Option<u64> {
    let length = match ty {
        DataType::Character(length)
        | DataType::Char(length)
        | DataType::CharacterVarying(length)
        | DataType::CharVarying(length)
        | DataType::Varchar(length)
        | DataType::Nvarchar(length) => (*length)?,
        _ => return None,
    };
    match length {
        CharacterLength::IntegerLength { length, .. } => Some(length),
        CharacterLength::Max => None,
    }
}

/// Labels of an inline `ENUM('a', 'b')`.
fn allowed(ty: &DataType) -> Vec<String> {
    let DataType::Enum(members, _) = ty else { return Vec::new() };
    let name = |member: &EnumMember| match member {
        EnumMember::Name(name) | EnumMember::NamedValue(name, _) => name.clone(),
    };
    members.iter().map(name).collect()
}

fn default(expression: &Expr, ty: &ColumnType) -> DefaultValue {
    let text = expression.to_string();
    let name = text.to_lowercase();
    let name = name.trim_end_matches("()").trim_matches(['(', ')']);
    match name {
        "now"
        | "current_timestamp"
        | "current_date"
        | "localtimestamp"
        | "clock_timestamp"
        | "transaction_timestamp"
        | "datetime('now')" => return DefaultValue::Now,
        "gen_random_uuid" | "uuid_generate_v4" | "uuidv7" | "uuidv4" | "gen_random_uuid_v7" => {
            return DefaultValue::NewUuid;
        }
        _ => {}
    }
    match constant(expression) {
        Some(value) => DefaultValue::Constant(in_type(value, ty)),
        None => DefaultValue::Expression(text),
    }
}

/// A literal, also behind a cast or a minus sign.
pub(super) fn constant(expression: &Expr) -> Option<Value> {
    match expression {
        Expr::Value(value) => match &value.value {
            SqlValue::Number(digits, _) => number(digits),
            SqlValue::SingleQuotedString(text) => Some(Value::String(text.clone())),
            SqlValue::Boolean(value) => Some(Value::Bool(*value)),
            SqlValue::Null => Some(Value::Null),
            _ => None,
        },
        Expr::Cast { expr, .. } | Expr::Nested(expr) => constant(expr),
        Expr::UnaryOp { op: sqlparser::ast::UnaryOperator::Minus, expr } => {
            number(&format!("-{}", constant(expr)?))
        }
        _ => None,
    }
}

fn number(digits: &str) -> Option<Value> {
    let whole = digits.parse::<i64>().ok().map(Value::from);
    whole.or_else(|| digits.parse::<f64>().ok().map(Value::from))
}

/// A literal in the JSON form of its column: `'{}'` of a JSON column is an object, `0` of a boolean
/// one is false, a number of a decimal one is text.
fn in_type(value: Value, ty: &ColumnType) -> Value {
    match (ty, &value) {
        (ColumnType::Json | ColumnType::Array, Value::String(text)) => match text.as_str() {
            "{}" if *ty == ColumnType::Array => Value::Array(Vec::new()),
            _ => serde_json::from_str(text).unwrap_or(value),
        },
        (ColumnType::Boolean, Value::Number(number)) => Value::Bool(number.as_i64() != Some(0)),
        (ColumnType::Decimal, Value::Number(number)) => Value::String(number.to_string()),
        _ => value,
    }
}

//! Bodies with exactly one member that does not fit.

use serde_json::{Value, json};

use crate::schema::{Column, ColumnType};
use crate::service::{Field, Member, Operation, Resource, Role, Route};

use super::value::{Size, TEXT_CHARS, Values, as_type, integer_bounds};

/// One broken member.
#[derive(Debug)]
pub(super) struct Fault {
    /// Read after `METHOD path`: `` without `format` ``.
    pub(super) name: String,
    /// The member.
    pub(super) member: String,
    /// Its value; `None` where it is left out.
    pub(super) value: Option<Value>,
    /// Position of the column that makes the rule.
    pub(super) column: Option<usize>,
}

/// A member that no resource has.
const UNKNOWN: &str = "verify_unknown";

/// Every way to break one member of a body for `route`.
pub(super) fn of(route: &Route, resource: &Resource, values: &mut Values) -> Vec<Fault> {
    if !route.members.is_empty() {
        return of_members(&route.members, values);
    }
    let mut faults = Vec::new();
    let value = route.binding.as_ref().and_then(|it| it.value);
    let fields = resource.fields.iter().zip(&resource.table.columns).enumerate();
    for (index, (field, column)) in fields {
        if is_in_path(route, index) || value.is_some_and(|value| value != index) {
            continue;
        }
        let whole = route.operation != Operation::Update || value.is_some();
        let of_field = match field.role {
            role if role.is_writable() => writable(field, column, whole, values),
            Role::Owner => vec![another_owner(field, column, values)],
            _ => vec![read_only(field, column, values)],
        };
        faults.extend(of_field.into_iter().map(|fault| Fault { column: Some(index), ..fault }));
    }
    faults.push(fault("with the unknown member", UNKNOWN, Some(json!("x"))));
    faults
}

/// Every way to break one member of an action's body.
fn of_members(members: &[Member], values: &mut Values) -> Vec<Fault> {
    let mut faults = Vec::new();
    for member in members {
        let (name, required) = (member.name.clone(), member.required);
        let field = Field { name, role: Role::Plain, required };
        faults.extend(writable(&field, &member.column, true, values));
    }
    faults.push(fault("with the unknown member", UNKNOWN, Some(json!("x"))));
    faults
}

/// Whether the path says the column's value.
pub(super) fn is_in_path(route: &Route, column: usize) -> bool {
    let Some(binding) = &route.binding else { return false };
    let is_key = binding.key.as_ref().is_some_and(|key| key.column == column);
    is_key || route.is_from_path(column)
}

fn writable(field: &Field, column: &Column, whole: bool, values: &mut Values) -> Vec<Fault> {
    let name = field.name.as_str();
    let mut faults = Vec::new();
    if whole && field.required {
        faults.push(fault("without", name, None));
    }
    if column.not_null && column.default.is_none() {
        faults.push(fault("with null as", name, Some(Value::Null)));
    }
    if let Some(value) = wrong_type(&column.ty) {
        faults.push(fault("with a wrong type of", name, Some(value)));
    }
    let wrong = [
        ("with too long a", too_long(column)),
        ("with too short a", too_short(column)),
        ("with too small a", too_small(column)),
        ("with too large a", too_large(column)),
        ("with a value that is not allowed as", outsider(column, values)),
    ];
    let there = wrong.into_iter().filter_map(|(what, value)| Some((what, value?)));
    faults.extend(there.map(|(what, value)| fault(what, name, Some(value))));
    faults
}

fn fault(what: &str, member: &str, value: Option<Value>) -> Fault {
    Fault { name: format!("{what} `{member}`"), member: member.to_owned(), value, column: None }
}

fn read_only(field: &Field, column: &Column, values: &mut Values) -> Fault {
    let value = values.of(column, Size::Largest, None, false);
    fault("with the read-only", &field.name, Some(value))
}

fn another_owner(field: &Field, column: &Column, values: &mut Values) -> Fault {
    fault("with another owner in", &field.name, Some(values.unknown(column)))
}

fn wrong_type(ty: &ColumnType) -> Option<Value> {
    match ty {
        ColumnType::Integer { .. } | ColumnType::Float => Some(json!("many")),
        ColumnType::Boolean => Some(json!("perhaps")),
        ColumnType::Decimal => Some(json!("many")),
        ColumnType::Uuid => Some(json!("not-a-uuid")),
        ColumnType::Timestamp | ColumnType::Date => Some(json!("not-a-time")),
        ColumnType::Bytes => Some(json!("not base64!")),
        ColumnType::Array => Some(json!("not-an-array")),
        ColumnType::Text | ColumnType::Other => Some(json!(12)),
        ColumnType::Json => None,
    }
}

/// Only texts: other types have a length of their own.
fn is_text(column: &Column) -> bool {
    matches!(column.ty, ColumnType::Text | ColumnType::Other) && column.allowed.is_empty()
}

fn too_long(column: &Column) -> Option<Value> {
    let most = column.max_length.filter(|most| is_text(column) && *most < TEXT_CHARS)?;
    Some(json!("x".repeat(usize::try_from(most).ok()? + 1)))
}

fn too_short(column: &Column) -> Option<Value> {
    let least = column.min_length.filter(|least| is_text(column) && *least > 0)?;
    let length = usize::try_from(least.min(TEXT_CHARS)).ok()?;
    Some(json!("x".repeat(length - 1)))
}

fn too_small(column: &Column) -> Option<Value> {
    column.minimum.filter(|_| column.allowed.is_empty())?;
    beyond(column, integer_bounds(column).0.checked_sub(1)?, column.minimum? - 1.0)
}

fn too_large(column: &Column) -> Option<Value> {
    column.maximum.filter(|_| column.allowed.is_empty())?;
    beyond(column, integer_bounds(column).1.checked_add(1)?, column.maximum? + 1.0)
}

fn beyond(column: &Column, whole: i64, number: f64) -> Option<Value> {
    match column.ty {
        ColumnType::Integer { .. } => Some(json!(whole)),
        ColumnType::Float => Some(json!(number)),
        ColumnType::Decimal => Some(json!(format!("{number:.0}"))),
        _ => None,
    }
}

fn outsider(column: &Column, values: &mut Values) -> Option<Value> {
    let numbers = || column.allowed.iter().filter_map(|it| it.parse::<i64>().ok());
    match column.ty {
        _ if column.allowed.is_empty() => None,
        ColumnType::Integer { .. } => Some(json!(numbers().max()?.checked_add(1)?)),
        ColumnType::Text | ColumnType::Other => {
            let word = values.word(column);
            let value = as_type(column, &word);
            (!column.allowed.contains(&word)).then_some(value)
        }
        _ => None,
    }
}

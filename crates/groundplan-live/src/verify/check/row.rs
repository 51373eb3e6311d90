//! Whether a row in an answer is the row that it must be.

use groundplan_model::ServicePlan;
use groundplan_model::case::{RowCheck, fits_type, same_value};
use groundplan_model::schema::{Column, ColumnType};
use groundplan_model::service::{Field, Resource, Role};
use http::header::LOCATION;
use serde_json::{Map, Value};

use super::{kind, object, shown, status};
use crate::verify::client::Answer;
use crate::verify::stop::Mismatch;

/// A row that is expected, with values in place of their sources.
pub(in crate::verify) struct Expected<'c> {
    pub(in crate::verify) check: &'c RowCheck,
    pub(in crate::verify) known: Vec<(String, Value)>,
    pub(in crate::verify) same: Option<Map<String, Value>>,
}

type Members = Map<String, Value>;

/// The row in the answer, if it is as it must be.
pub(in crate::verify) fn row(
    plan: &ServicePlan,
    expected: &Expected<'_>,
    answer: &Answer,
) -> Result<Members, Mismatch> {
    status(answer, expected.check.status)?;
    let members = object(answer)?;
    let Some(resource) = plan.resources.get(expected.check.resource) else { return Ok(members) };
    if expected.check.whole {
        whole(resource, &members)?;
    }
    documented(&members, &expected.check.shown)?;
    for (name, value) in &expected.known {
        has(resource, &members, name, value)?;
    }
    if let Some(earlier) = &expected.same {
        same(resource, &members, earlier, &expected.check.except)?;
    }
    if expected.check.location && answer.header(LOCATION).is_empty() {
        let says = "the address of a new row stands there (RFC 9110, 15.3.2)";
        return Err(Mismatch::new("answered without `Location`", says));
    }
    Ok(members)
}

/// Every member, with a value of the column's type; secrets left out.
pub(super) fn whole(resource: &Resource, members: &Members) -> Result<(), Mismatch> {
    for (field, column) in resource.fields.iter().zip(&resource.table.columns) {
        member(resource, field, column, members.get(&field.name))?;
    }
    Ok(())
}

fn member(
    resource: &Resource,
    field: &Field,
    column: &Column,
    value: Option<&Value>,
) -> Result<(), Mismatch> {
    let name = &field.name;
    let table = &resource.table.name;
    let mismatch = match (field.role, value) {
        (Role::Secret | Role::Hidden, None) => return Ok(()),
        (Role::Secret, Some(_)) => {
            let observed = format!("answered a row with the secret `{name}`");
            Mismatch::new(observed, "secrets are never given out")
        }
        (_, None) => {
            let observed = format!("answered a row without `{name}`");
            Mismatch::new(observed, format!("`{table}` has this column"))
        }
        (_, Some(value)) if fits_type(column, value) => return Ok(()),
        (_, Some(value)) => {
            let observed = format!("answered {} as `{name}`", described(value));
            Mismatch::new(observed, format!("the column is {}", wanted(column)))
        }
    };
    Err(mismatch.at(column.span, format!("column `{}` of `{table}`", column.name)))
}

fn described(value: &Value) -> String {
    if value.is_null() {
        kind(value).to_owned()
    } else {
        format!("{} {}", kind(value), shown(value))
    }
}

/// The JSON form of a column, in words.
fn wanted(column: &Column) -> String {
    let form = match column.ty {
        ColumnType::Integer { .. } => "a whole number",
        ColumnType::Float => "a number",
        ColumnType::Boolean => "true or false",
        ColumnType::Decimal => "a decimal number in a string",
        ColumnType::Uuid => "a UUID",
        ColumnType::Timestamp => "a time as in RFC 3339",
        ColumnType::Date => "a date like 2026-01-31",
        ColumnType::Array => "an array",
        ColumnType::Json => "JSON",
        ColumnType::Bytes => "base64",
        ColumnType::Text | ColumnType::Other => "text",
    };
    if column.not_null { format!("{form} and never null") } else { form.to_owned() }
}

/// The members that the document's example shows.
pub(super) fn documented(members: &Members, shown: &[String]) -> Result<(), Mismatch> {
    match shown.iter().find(|name| !members.contains_key(*name)) {
        None => Ok(()),
        Some(missing) => {
            let observed = format!("answered without `{missing}`");
            Err(Mismatch::new(observed, "the document's example shows it"))
        }
    }
}

fn has(resource: &Resource, members: &Members, name: &str, value: &Value) -> Result<(), Mismatch> {
    let is = members.get(name).unwrap_or(&Value::Null);
    let Some((ty, span)) = column(resource, name) else { return Ok(()) };
    if same_value(ty, is, value) {
        return Ok(());
    }
    let observed = format!("answered `{name}` as {}", shown(is));
    let mismatch = Mismatch::new(observed, format!("it must be {}", shown(value)));
    Err(mismatch.at(span, format!("column `{name}`")))
}

/// Whether a row is the one that was answered before, but for some members.
fn same(
    resource: &Resource,
    members: &Members,
    earlier: &Members,
    except: &[String],
) -> Result<(), Mismatch> {
    for (name, value) in earlier {
        let Some((ty, span)) = column(resource, name) else { continue };
        let Some(is) = members.get(name) else { continue };
        if except.contains(name) || same_value(ty, is, value) {
            continue;
        }
        let observed = format!("answered `{name}` as {}", shown(is));
        let mismatch = Mismatch::new(observed, format!("it was {} before", shown(value)));
        return Err(mismatch.at(span, format!("column `{name}`")));
    }
    Ok(())
}

fn column<'r>(
    resource: &'r Resource,
    name: &str,
) -> Option<(&'r ColumnType, groundplan_syntax::Span)> {
    let at = resource.fields.iter().position(|field| field.name == name)?;
    resource.column(at).map(|column| (&column.ty, column.span))
}

//! Whether rows are what the query asked for.

use std::cmp::Ordering;

use groundplan_model::case::{ListCheck, same_value};
use groundplan_model::schema::{Column, ColumnType};
use groundplan_model::service::{Resource, Test};
use serde_json::{Map, Value};

use super::shown;
use crate::verify::stop::Mismatch;

type Members = Map<String, Value>;

/// The members that were asked for, and no others.
pub(super) fn members(check: &ListCheck, row: &Members) -> Result<(), Mismatch> {
    let Some(wanted) = &check.members else { return Ok(()) };
    if let Some(missing) = wanted.iter().find(|name| !row.contains_key(*name)) {
        let observed = format!("answered a row without `{missing}`");
        return Err(Mismatch::new(observed, "it was asked for"));
    }
    match row.keys().find(|name| !wanted.contains(name)) {
        None => Ok(()),
        Some(other) => {
            let observed = format!("answered a row with `{other}`");
            Err(Mismatch::new(observed, "other members were asked for"))
        }
    }
}

/// Whether the row passes each filter.
pub(super) fn fits(
    resource: &Resource,
    fits: &[(usize, Test, Value)],
    row: &Members,
) -> Result<(), Mismatch> {
    for (at, test, wanted) in fits {
        let Some((field, column)) = resource.fields.get(*at).zip(resource.column(*at)) else {
            continue;
        };
        let Some(is) = row.get(&field.name) else { continue };
        if !passes(column, *test, is, wanted) {
            let observed = format!("answered a row whose `{}` is {}", field.name, shown(is));
            let expected = format!("the query asked for rows that {}", asked(*test, wanted));
            let mismatch = Mismatch::new(observed, expected);
            return Err(mismatch.at(column.span, format!("column `{}`", column.name)));
        }
    }
    Ok(())
}

fn passes(column: &Column, test: Test, is: &Value, wanted: &Value) -> bool {
    let same = || same_value(&column.ty, is, wanted);
    let compared = || compare(column, is, wanted);
    match test {
        Test::Equal | Test::In => same(),
        Test::NotEqual => !same(),
        Test::AtLeast => same() || compared() != Some(Ordering::Less) && !is.is_null(),
        Test::MoreThan => !same() && compared() != Some(Ordering::Less) && !is.is_null(),
        Test::AtMost => same() || compared() != Some(Ordering::Greater) && !is.is_null(),
        Test::LessThan => !same() && compared() != Some(Ordering::Greater) && !is.is_null(),
        // What a pattern means is looked at in the row that has to be there.
        Test::Like => true,
        Test::IsNull => is.is_null(),
        Test::IsSet => !is.is_null(),
    }
}

/// How two values of a column are ordered; `None` where that is not sure.
fn compare(column: &Column, one: &Value, other: &Value) -> Option<Ordering> {
    let number = |value: &Value| match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) if column.ty == ColumnType::Decimal => text.parse().ok(),
        _ => None,
    };
    if let (Some(one), Some(other)) = (number(one), number(other)) {
        return one.partial_cmp(&other);
    }
    let is_time = matches!(column.ty, ColumnType::Timestamp | ColumnType::Date);
    let (one, other) = (one.as_str()?, other.as_str()?);
    // Times of one form are ordered as their texts are.
    (is_time && one.len() == other.len()).then(|| one.cmp(other))
}

fn asked(test: Test, wanted: &Value) -> String {
    match test {
        Test::Equal | Test::In => format!("have {} there", shown(wanted)),
        Test::NotEqual => format!("have another value than {} there", shown(wanted)),
        Test::AtLeast => format!("have at least {} there", shown(wanted)),
        Test::MoreThan => format!("have more than {} there", shown(wanted)),
        Test::AtMost => format!("have at most {} there", shown(wanted)),
        Test::LessThan => format!("have less than {} there", shown(wanted)),
        Test::Like => format!("look like {} there", shown(wanted)),
        Test::IsNull => "have null there".to_owned(),
        Test::IsSet => "have a value there".to_owned(),
    }
}

/// Whether the row shows the row that it refers to.
pub(super) fn includes(check: &ListCheck, row: &Members) -> Result<(), Mismatch> {
    let Some(include) = &check.include else { return Ok(()) };
    match row.get(&include.name) {
        Some(Value::Object(_) | Value::Null) => Ok(()),
        Some(other) => {
            let observed = format!("answered {} as `{}`", shown(other), include.name);
            Err(Mismatch::new(observed, "a row or null was expected there"))
        }
        None => {
            let observed = format!("answered a row without `{}`", include.name);
            Err(Mismatch::new(observed, "the query asked for it to be included"))
        }
    }
}

/// Whether the row stands behind the last one; its own value, for the next.
pub(super) fn follows(
    check: &ListCheck,
    last: Option<Value>,
    row: &Members,
) -> Result<Option<Value>, Mismatch> {
    let Some((name, down)) = &check.order else { return Ok(None) };
    let Some(is) = row.get(name) else { return Ok(last) };
    let before = last.as_ref().and_then(|last| order(last, is));
    let wrong = if *down { Ordering::Less } else { Ordering::Greater };
    if before == Some(wrong) {
        let was = last.as_ref().map(shown).unwrap_or_default();
        let observed = format!("answered a row with `{name}` {} behind one with {was}", shown(is));
        let way = if *down { "largest" } else { "smallest" };
        return Err(Mismatch::new(observed, format!("the query asked for the {way} first")));
    }
    Ok(Some(is.clone()))
}

fn order(one: &Value, other: &Value) -> Option<Ordering> {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64()?.partial_cmp(&other.as_f64()?),
        (Value::String(one), Value::String(other)) if one.len() == other.len() => {
            Some(one.cmp(other))
        }
        _ => None,
    }
}

//! Whether the answer to a write of many rows is as it must be.

use groundplan_model::ServicePlan;
use groundplan_model::case::{ManyCheck, same_value};
use groundplan_model::service::{BulkAnswer, BulkSlot, Resource};
use serde_json::{Map, Value};

use super::{empty, json, shown, status};
use crate::verify::client::Answer;
use crate::verify::stop::Mismatch;

type Members = Map<String, Value>;

/// The rows of the answer, where it has any; `known` is what each must show.
pub(in crate::verify) fn many(
    plan: &ServicePlan,
    check: &ManyCheck,
    known: &[Vec<(String, Value)>],
    answer: &Answer,
) -> Result<Vec<Members>, Mismatch> {
    if check.answer == BulkAnswer::Nothing || check.status == 204 {
        return empty(answer, check.status).map(|()| Vec::new());
    }
    status(answer, check.status)?;
    let body = json(answer, "application/json")?;
    let rows = match &check.answer {
        BulkAnswer::Nothing => None,
        BulkAnswer::Rows(shape) => Some(shape.items(&body).ok_or_else(no_rows)?.clone()),
        BulkAnswer::Object(members) => object(members, &body, known.len())?,
    };
    let Some(rows) = rows else { return Ok(Vec::new()) };
    let Some(resource) = plan.resources.get(check.resource) else { return Ok(Vec::new()) };
    if rows.len() != known.len() {
        let observed = format!("answered {} rows", rows.len());
        return Err(Mismatch::new(observed, format!("{} were sent", known.len())));
    }
    let each = rows.into_iter().zip(known);
    each.map(|(row, known)| shows(resource, row, known)).collect()
}

fn no_rows() -> Mismatch {
    Mismatch::new("answered without the rows", "the document's answer has them")
}

/// Checks the members of an object; its rows, where it has them.
fn object(
    members: &[(String, BulkSlot)],
    body: &Value,
    count: usize,
) -> Result<Option<Vec<Value>>, Mismatch> {
    let mut rows = None;
    for (name, slot) in members {
        let Some(is) = body.get(name) else {
            let observed = format!("answered without `{name}`");
            return Err(Mismatch::new(observed, "the document's answer has it"));
        };
        match slot {
            BulkSlot::Count if is.as_u64() != u64::try_from(count).ok() => {
                let observed = format!("answered `{name}` as {}", shown(is));
                return Err(Mismatch::new(observed, format!("{count} rows were sent")));
            }
            BulkSlot::Rows => rows = Some(is.as_array().ok_or_else(no_rows)?.clone()),
            _ => {}
        }
    }
    Ok(rows)
}

fn shows(resource: &Resource, row: Value, known: &[(String, Value)]) -> Result<Members, Mismatch> {
    let Value::Object(row) = row else {
        let observed = format!("answered {} as a row", shown(&row));
        return Err(Mismatch::new(observed, "rows are objects"));
    };
    for (name, wanted) in known {
        let is = row.get(name).unwrap_or(&Value::Null);
        let at = resource.fields.iter().position(|field| field.name == *name);
        let column = at.and_then(|at| resource.column(at));
        if !column.is_none_or(|it| same_value(&it.ty, is, wanted)) {
            let observed = format!("answered `{name}` as {}", shown(is));
            return Err(Mismatch::new(observed, format!("{} was sent", shown(wanted))));
        }
    }
    Ok(row)
}

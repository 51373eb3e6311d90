//! Whether figures are those of the rows.

use groundplan_model::ServicePlan;
use groundplan_model::case::FiguresCheck;
use groundplan_model::schema::ColumnType;
use groundplan_model::service::{Figure, Resource};
use serde_json::{Map, Value};

use super::{object, shown, status};
use crate::verify::client::Answer;
use crate::verify::stop::Mismatch;

type Members = Map<String, Value>;

/// `rows` are among those that the figures are of; `only` where there are no others.
pub(in crate::verify) fn figures(
    plan: &ServicePlan,
    check: &FiguresCheck,
    rows: &[Members],
    only: bool,
    answer: &Answer,
) -> Result<(), Mismatch> {
    status(answer, check.status)?;
    let body = Value::Object(object(answer)?);
    let Some(resource) = plan.resources.get(check.resource) else { return Ok(()) };
    for (path, figure) in check.figures.figures() {
        let name = path.join(".");
        let Some(is) = path.iter().try_fold(&body, |value, name| value.get(name)) else {
            let observed = format!("answered without `{name}`");
            return Err(Mismatch::new(observed, "the figure was expected there"));
        };
        figure_holds(resource, figure, &name, is, rows, only)?;
    }
    Ok(())
}

fn figure_holds(
    resource: &Resource,
    figure: &Figure,
    name: &str,
    is: &Value,
    rows: &[Members],
    only: bool,
) -> Result<(), Mismatch> {
    match figure {
        Figure::Count => counts(name, is, rows.len(), only),
        Figure::CountOf(at, value) => counts(name, is, with(resource, *at, value, rows), only),
        Figure::CountBy(at) => {
            let allowed = resource.column(*at).map(|it| it.allowed.as_slice()).unwrap_or_default();
            for value in allowed {
                let own = format!("{name}.{value}");
                let count = with(resource, *at, value, rows);
                counts(&own, is.get(value).unwrap_or(&Value::Null), count, only)?;
            }
            Ok(())
        }
        Figure::Sum(at) => {
            let values = numbers(resource, *at, rows);
            equals(name, is, values.iter().sum(), only)
        }
        Figure::Mean(at) => {
            let values = numbers(resource, *at, rows);
            #[expect(clippy::cast_precision_loss, reason = "a case makes few rows")]
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            if values.is_empty() { Ok(()) } else { equals(name, is, mean, only) }
        }
        Figure::Least(at) | Figure::Most(at) => bound(resource, figure, *at, name, is, rows, only),
        Figure::Object(_) => Ok(()),
    }
}

/// The smallest or largest value: of the case's rows at least.
fn bound(
    resource: &Resource,
    figure: &Figure,
    at: usize,
    name: &str,
    is: &Value,
    rows: &[Members],
    only: bool,
) -> Result<(), Mismatch> {
    let values = numbers(resource, at, rows);
    let is_least = matches!(figure, Figure::Least(_));
    let pick = if is_least { f64::min } else { f64::max };
    match values.into_iter().reduce(pick) {
        Some(value) => equals(name, is, value, only),
        // Times are not compared: another form means the same.
        None => Ok(()),
    }
}

fn member<'r>(resource: &Resource, at: usize, row: &'r Members) -> Option<&'r Value> {
    row.get(&resource.fields.get(at)?.name)
}

fn with(resource: &Resource, at: usize, value: &str, rows: &[Members]) -> usize {
    let has = |row: &&Members| member(resource, at, row).and_then(Value::as_str) == Some(value);
    rows.iter().filter(has).count()
}

fn numbers(resource: &Resource, at: usize, rows: &[Members]) -> Vec<f64> {
    let is_decimal = resource.column(at).is_some_and(|it| it.ty == ColumnType::Decimal);
    let number = |row: &Members| match member(resource, at, row)? {
        Value::Number(number) => number.as_f64(),
        Value::String(text) if is_decimal => text.parse().ok(),
        _ => None,
    };
    rows.iter().filter_map(number).collect()
}

fn counts(name: &str, is: &Value, count: usize, only: bool) -> Result<(), Mismatch> {
    let found = is.as_u64().and_then(|it| usize::try_from(it).ok());
    let holds = found.is_some_and(|found| if only { found == count } else { found >= count });
    if holds {
        return Ok(());
    }
    let observed = format!("answered `{name}` as {}", shown(is));
    let least = if only { "" } else { "at least " };
    Err(Mismatch::new(observed, format!("{least}{count} such rows were made")))
}

/// A figure of known rows; others may have made rows as well unless `only`.
fn equals(name: &str, is: &Value, value: f64, only: bool) -> Result<(), Mismatch> {
    let number = match is {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    let Some(number) = number else {
        let observed = format!("answered `{name}` as {}", shown(is));
        return Err(Mismatch::new(observed, "a number was expected there"));
    };
    // Figures may be rounded to cents.
    let near = (number - value).abs() <= 0.01_f64.max(value.abs() * 1e-9);
    if near || !only {
        return Ok(());
    }
    let observed = format!("answered `{name}` as {number}");
    Err(Mismatch::new(observed, format!("that of the rows that were made is {value}")))
}

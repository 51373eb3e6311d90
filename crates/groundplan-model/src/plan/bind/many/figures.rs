//! Figures over rows: those that the example shows, else the number of rows by their known values,
//! and sums.

use serde_json::{Map, Value};

use crate::plan::names::{singular, snake};
use crate::plan::scope::{Reason, Scope};
use crate::plan::{examples, list_shape};
use crate::schema::{Column, ColumnType};
use crate::service::{Aggregate, Figure, Resource, Role};

/// Beginnings and endings of names of figures, with what they compute.
/// Makes the figure of the column at a position.
type Make = fn(usize) -> Figure;

const WORDS: [(&str, Make); 12] = [
    ("total", Figure::Sum),
    ("sum", Figure::Sum),
    ("avg", Figure::Mean),
    ("average", Figure::Mean),
    ("mean", Figure::Mean),
    ("min", Figure::Least),
    ("max", Figure::Most),
    ("lowest", Figure::Least),
    ("highest", Figure::Most),
    ("oldest", Figure::Least),
    ("latest", Figure::Most),
    ("last", Figure::Most),
];

/// How deep an example's figures may lie.
const DEPTH: usize = 3;

/// `{"count": 12}`, or the example's own member.
pub(super) fn count(scope: &Scope<'_>, resource: &Resource) -> Result<Aggregate, Reason> {
    match examples::response(scope.document, scope.statement) {
        Some(Value::Object(members)) if members.len() > 1 => by_example(resource, &members),
        Some(Value::Object(members)) => {
            let name = members.keys().next().cloned().unwrap_or_else(|| "count".to_owned());
            Ok(Aggregate { members: vec![(name, Figure::Count)] })
        }
        Some(_) => Err("the documented answer is no object".to_owned()),
        None => {
            let stated = scope.statement.stated(scope.document);
            let cells =
                stated.filter_map(|it| list_shape::cell_members(&it.response.as_ref()?.text));
            let name = match cells.into_iter().next().as_deref() {
                Some([(name, false)]) => name.clone(),
                _ => "count".to_owned(),
            };
            Ok(Aggregate { members: vec![(name, Figure::Count)] })
        }
    }
}

pub(super) fn stats(scope: &mut Scope<'_>, resource: &Resource) -> Result<Aggregate, Reason> {
    match examples::response(scope.document, scope.statement) {
        Some(Value::Object(members)) => by_example(resource, &members),
        Some(_) => Err("the documented answer is no object".to_owned()),
        None => {
            let message = "the figures are the number of rows, by their known values, and sums: \
                           no example shows others";
            scope.assume("D4", message.to_owned());
            Ok(usual(resource))
        }
    }
}

fn by_example(resource: &Resource, members: &Map<String, Value>) -> Result<Aggregate, Reason> {
    Ok(Aggregate { members: figures(resource, members, DEPTH)? })
}

fn figures(
    resource: &Resource,
    members: &Map<String, Value>,
    depth: usize,
) -> Result<Vec<(String, Figure)>, Reason> {
    let one = |(name, value): (&String, &Value)| {
        let found = match value {
            Value::Object(inner) => object(resource, name, inner, depth)?,
            _ => scalar(resource, name),
        };
        let figure = found.ok_or_else(|| format!("nothing says how `{name}` is computed"))?;
        Ok((name.clone(), figure))
    };
    if members.is_empty() {
        return Err("the documented answer has no members".to_owned());
    }
    members.iter().map(one).collect()
}

/// `by_status`, or more figures.
fn object(
    resource: &Resource,
    name: &str,
    inner: &Map<String, Value>,
    depth: usize,
) -> Result<Option<Figure>, Reason> {
    let word = snake(name);
    let keys: Vec<String> = inner.keys().map(|key| key.to_lowercase()).collect();
    let named = |column: &Column| {
        let of = snake(&column.name);
        let plural = singular(&word) == of && word != of;
        let ends = word.ends_with(&format!("by_{of}"))
            || word == format!("{of}_counts")
            || word == format!("{of}_count");
        let all_known = !keys.is_empty()
            && keys.iter().all(|key| column.allowed.iter().any(|it| it.to_lowercase() == *key));
        word == of || plural || ends || all_known
    };
    if let Some(at) = counted(resource).find(|at| resource.column(*at).is_some_and(named)) {
        return Ok(Some(Figure::CountBy(at)));
    }
    let depth = depth.checked_sub(1).ok_or("the documented figures lie too deep")?;
    figures(resource, inner, depth).map(|inner| Some(Figure::Object(inner)))
}

/// A figure by its member's name.
fn scalar(resource: &Resource, name: &str) -> Option<Figure> {
    let word = snake(name);
    if is_count(resource, &word) {
        return Some(Figure::Count);
    }
    of_column(resource, &word).or_else(|| of_value(resource, &word))
}

/// `count`, `total`, `total_orders`, `order_count`.
fn is_count(resource: &Resource, word: &str) -> bool {
    let one = singular(&snake(&resource.table.name));
    let is_noun = |it: &str| singular(it) == one || one.ends_with(&format!("_{}", singular(it)));
    let starts = ["total_", "count_", "num_", "number_of_"];
    let ends = ["_total", "_count"];
    let stem = starts.iter().find_map(|it| word.strip_prefix(it));
    let stem = stem.or_else(|| ends.iter().find_map(|it| word.strip_suffix(it)));
    matches!(word, "count" | "total" | "total_count" | "number")
        || stem.is_some_and(is_noun)
        || is_noun(word)
}

/// `total_price`, `average_rating`, `price_max`, `latest_created_at`.
fn of_column(resource: &Resource, word: &str) -> Option<Figure> {
    WORDS.iter().find_map(|(name, figure)| {
        let after = word.strip_prefix(name).and_then(|it| it.strip_prefix('_'));
        let before = word.strip_suffix(name).and_then(|it| it.strip_suffix('_'));
        let stem = after.or(before)?;
        let at = column(resource, stem)?;
        let it = resource.column(at)?;
        let figure = figure(at);
        let adds = matches!(figure, Figure::Sum(_) | Figure::Mean(_));
        (is_number(it) || !adds && is_time(it)).then_some(figure)
    })
}

/// `open`, `open_count`, `open_orders`: how many rows are so.
fn of_value(resource: &Resource, word: &str) -> Option<Figure> {
    counted(resource).find_map(|at| {
        let column = resource.column(at)?;
        let mut values = column.allowed.iter();
        let noun = singular(&snake(&resource.table.name));
        let value = values.find(|value| {
            let value = snake(value);
            let rest = word.strip_prefix(&value).and_then(|it| it.strip_prefix('_'));
            word == value
                || rest.is_some_and(|it| it == "count" || singular(it) == noun)
                || word.strip_suffix(&value).is_some_and(|it| matches!(it, "total_" | "num_"))
        });
        value.map(|value| Figure::CountOf(at, value.clone()))
    })
}

fn column(resource: &Resource, word: &str) -> Option<usize> {
    let columns = resource.fields.iter().zip(&resource.table.columns);
    let named = |name: &str| *name == *word || name == format!("{word}_at");
    let mut found = columns
        .enumerate()
        .filter(|(_, (field, column))| field.role.is_shown() && named(&snake(&column.name)));
    found.next().map(|(at, _)| at)
}

/// Columns whose values are known.
fn counted(resource: &Resource) -> impl Iterator<Item = usize> {
    let columns = resource.fields.iter().zip(&resource.table.columns).enumerate();
    columns
        .filter(|(_, (field, column))| {
            field.role.is_shown() && !column.allowed.is_empty() && is_text(column)
        })
        .map(|(at, _)| at)
}

fn is_text(column: &Column) -> bool {
    matches!(column.ty, ColumnType::Text | ColumnType::Other)
}

fn is_number(column: &Column) -> bool {
    matches!(column.ty, ColumnType::Integer { .. } | ColumnType::Float | ColumnType::Decimal)
}

fn is_time(column: &Column) -> bool {
    matches!(column.ty, ColumnType::Timestamp | ColumnType::Date)
}

/// The number of rows, the number of each known value, and the sum of each number that is not a
/// key.
fn usual(resource: &Resource) -> Aggregate {
    let mut members = vec![("count".to_owned(), Figure::Count)];
    for at in counted(resource) {
        let name = resource.fields.get(at).map_or("", |it| &it.name);
        members.push((format!("by_{name}"), Figure::CountBy(at)));
    }
    for (at, (field, column)) in resource.fields.iter().zip(&resource.table.columns).enumerate() {
        let mut keys = resource.table.foreign_keys.iter().flat_map(|key| &key.columns);
        let refers = keys.any(|name| name.eq_ignore_ascii_case(&column.name));
        if field.role == Role::Plain && is_number(column) && !refers {
            members.push((format!("sum_{}", field.name), Figure::Sum(at)));
        }
    }
    Aggregate { members }
}

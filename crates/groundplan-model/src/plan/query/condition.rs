//! The name of a query parameter to a column and a comparison.

use super::{comparable, is_ordered};
use crate::plan::names::{singular, snake};
use crate::schema::{Column, ColumnType};
use crate::service::{Resource, Role, Test};

/// Endings that compare: `price_min`, `created_after`.
const ENDINGS: [(&str, Test); 17] = [
    ("_min", Test::AtLeast),
    ("_gte", Test::AtLeast),
    ("_from", Test::AtLeast),
    ("_since", Test::AtLeast),
    ("_start", Test::AtLeast),
    ("_max", Test::AtMost),
    ("_lte", Test::AtMost),
    ("_to", Test::AtMost),
    ("_until", Test::AtMost),
    ("_end", Test::AtMost),
    ("_after", Test::MoreThan),
    ("_gt", Test::MoreThan),
    ("_before", Test::LessThan),
    ("_lt", Test::LessThan),
    ("_ne", Test::NotEqual),
    ("_in", Test::In),
    ("_contains", Test::Like),
];

/// Beginnings that compare: `min_price`.
const BEGINNINGS: [(&str, Test); 4] = [
    ("min_", Test::AtLeast),
    ("max_", Test::AtMost),
    ("from_", Test::AtLeast),
    ("to_", Test::AtMost),
];

/// Words that compare the time at which a row was made.
const TIMES: [(&str, Test); 10] = [
    ("from", Test::AtLeast),
    ("since", Test::AtLeast),
    ("start_date", Test::AtLeast),
    ("date_from", Test::AtLeast),
    ("after", Test::MoreThan),
    ("to", Test::AtMost),
    ("until", Test::AtMost),
    ("end_date", Test::AtMost),
    ("date_to", Test::AtMost),
    ("before", Test::LessThan),
];

/// The column that a parameter is about, and how it is compared: by the column's own name, then by
/// an operator in brackets, then by endings.
pub(super) fn of(resource: &Resource, parameter: &str) -> Option<(usize, Test)> {
    let word = snake(parameter);
    by_operator(resource, parameter)
        .or_else(|| column(resource, &word).map(|at| (at, Test::Equal)))
        .or_else(|| by_reference(resource, &word))
        .or_else(|| by_plural(resource, &word))
        .or_else(|| by_bound(resource, &word))
        .or_else(|| by_presence(resource, &word))
        .or_else(|| by_time(resource, &word))
}

/// `price[gte]`
fn by_operator(resource: &Resource, parameter: &str) -> Option<(usize, Test)> {
    let (name, operator) = parameter.strip_suffix(']')?.split_once('[')?;
    let (_, test) = Test::OPERATORS.iter().find(|(it, _)| *it == operator)?;
    let at = column(resource, &snake(name))?;
    super::fits(resource.column(at)?, *test).then_some((at, *test))
}

/// The column of this name, its own or its member's.
fn column(resource: &Resource, word: &str) -> Option<usize> {
    let named = |at: usize, column: &Column| {
        let field = resource.fields.get(at).map(|it| snake(&it.name));
        snake(&column.name) == word || field.as_deref() == Some(word)
    };
    comparable(resource).find(|(at, column)| named(*at, column)).map(|(at, _)| at)
}

/// `customer` for `customer_id`.
fn by_reference(resource: &Resource, word: &str) -> Option<(usize, Test)> {
    let at = column(resource, &format!("{word}_id"))?;
    let name = &resource.column(at)?.name;
    let refers = resource.table.foreign_keys.iter().any(|key| key.columns.contains(name));
    refers.then_some((at, Test::Equal))
}

/// `ids` and `statuses` are values set apart by commas.
fn by_plural(resource: &Resource, word: &str) -> Option<(usize, Test)> {
    let one = singular(word);
    let at = (one != word).then(|| column(resource, &one))??;
    Some((at, Test::In))
}

fn by_bound(resource: &Resource, word: &str) -> Option<(usize, Test)> {
    let ends = ENDINGS.iter().filter_map(|(end, test)| Some((word.strip_suffix(end)?, *test)));
    let begins =
        BEGINNINGS.iter().filter_map(|(start, test)| Some((word.strip_prefix(start)?, *test)));
    ends.chain(begins).find_map(|(stem, test)| {
        let names = [stem.to_owned(), format!("{stem}_at"), format!("{stem}_on")];
        let at = names.iter().find_map(|name| column(resource, name))?;
        let it = resource.column(at)?;
        let orders = !matches!(test, Test::NotEqual | Test::In | Test::Like);
        let fits = if orders { is_ordered(it) } else { super::fits(it, test) };
        fits.then_some((at, test))
    })
}

/// `has_label` and `is_labelled`: only the first, whose column has its name.
fn by_presence(resource: &Resource, word: &str) -> Option<(usize, Test)> {
    let at = column(resource, word.strip_prefix("has_")?)?;
    let it = resource.column(at)?;
    (!it.not_null && it.ty != ColumnType::Boolean).then_some((at, Test::IsSet))
}

fn by_time(resource: &Resource, word: &str) -> Option<(usize, Test)> {
    let (_, test) = TIMES.iter().find(|(name, _)| *name == word)?;
    let at = resource.role_index(Role::CreatedAt)?;
    Some((at, *test))
}

//! Comments behind columns that list the values: `-- 'open', 'closed'`, `-- open|closed`, and for
//! columns whose name says that they have a few known ones `-- open, closed`.

use super::statements::Block;
use crate::schema::{Column, ColumnType, DefaultValue, Table, ValueList};

/// Last words of names of columns with a few known values.
const NAMES: [&str; 10] =
    ["status", "state", "type", "kind", "role", "level", "priority", "severity", "mode", "phase"];

/// One a column that has such a comment and no other list of values.
pub(super) fn of(block: &Block<'_>, table: &Table) -> Vec<ValueList> {
    let list = |column: &Column| {
        let is_open = column.ty == ColumnType::Text && column.allowed.is_empty();
        let values = values(block.comment_behind(column.span).filter(|_| is_open)?, &column.name)?;
        is_possible(column, &values).then(|| ValueList {
            table: table.name.clone(),
            column: column.name.clone(),
            values,
            span: column.span,
        })
    };
    table.columns.iter().filter_map(list).collect()
}

fn values(comment: &str, column: &str) -> Option<Vec<String>> {
    // "Values: open, closed", "One of open, closed"
    let lower = comment.to_lowercase();
    let leads = ["values:", "one of:", "one of", "enum:", "either"];
    let lead = leads.iter().find(|it| lower.starts_with(**it)).map_or(0, |it| it.len());
    let list = comment.get(lead..)?.trim().trim_end_matches('.');
    let bars = list.contains('|');
    let parts: Vec<&str> = list.split(if bars { '|' } else { ',' }).map(str::trim).collect();
    let values: Vec<(String, bool)> = parts.into_iter().map(value).collect::<Option<_>>()?;
    let quoted = values.iter().all(|(_, quoted)| *quoted);
    let last = column.to_lowercase();
    let last = last.rsplit('_').next().unwrap_or_default();
    let is_list = values.len() > 1 && (bars || quoted || lead > 0 || NAMES.contains(&last));
    let values: Vec<String> = values.into_iter().map(|(value, _)| value).collect();
    let is_set = values.iter().enumerate().all(|(at, it)| !values.iter().take(at).any(|o| o == it));
    (is_list && is_set).then_some(values)
}

/// A word, and whether it is quoted; "or" may stand before the last one.
fn value(part: &str) -> Option<(String, bool)> {
    let part = part.strip_prefix("or ").unwrap_or(part).trim();
    let inner =
        ['\'', '"', '`'].iter().find_map(|quote| part.strip_prefix(*quote)?.strip_suffix(*quote));
    let word = inner.unwrap_or(part);
    let is_word = word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    // What columns are, and not what they hold.
    let says = ["unique", "optional", "required", "nullable", "indexed", "default", "etc"];
    (is_word && !says.contains(&word.to_lowercase().as_str()))
        .then(|| (word.to_owned(), inner.is_some()))
}

/// Whether the column can hold all of them, and its default is one.
fn is_possible(column: &Column, values: &[String]) -> bool {
    let fits = |value: &String| {
        let length = u64::try_from(value.chars().count()).unwrap_or(u64::MAX);
        column.max_length.is_none_or(|most| length <= most)
    };
    let knows_default = match &column.default {
        Some(DefaultValue::Constant(value)) => {
            value.as_str().is_none_or(|text| values.iter().any(|it| it == text))
        }
        _ => true,
    };
    values.iter().all(fits) && knows_default
}

//! The order of rows, and the rows behind a given one.

use groundplan_model::schema::{Column, ColumnType};
use groundplan_model::service::{Resource, Role};

use super::condition::{name, operand, plain_name};
use crate::store::Cell;
use crate::value::Fault;

/// Columns that rows are sorted by at most, those of the key not counted.
const KEYS: usize = 8;

/// What rows are sorted by. The key comes last, so that no two rows are equal.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Order {
    pub(crate) keys: Vec<Key>,
    /// How many of the keys end every order.
    tail: usize,
    /// Says in cursors which order they are of; empty for the usual one.
    pub(super) mark: String,
}

/// One column of an order. NULL is smaller than anything.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Key {
    pub(crate) column: usize,
    pub(crate) descending: bool,
    nullable: bool,
}

impl Order {
    /// `created_at`, then the key: an order that new rows do not disturb.
    pub(super) fn usual(resource: &Resource) -> Self {
        let table = &resource.table;
        let mut tail: Vec<usize> =
            table.primary_key.iter().filter_map(|name| table.column_index(name)).collect();
        if tail.is_empty() {
            // Without a key only all columns together tell rows apart.
            tail = comparable(&table.columns).collect();
        }
        let created = resource.role_index(Role::CreatedAt).filter(|at| !tail.contains(at));
        let count = tail.len();
        let columns: Vec<usize> = created.into_iter().chain(tail).collect();
        let keys = columns.into_iter().filter_map(|at| Key::new(&table.columns, at, false));
        Self { keys: keys.collect(), tail: count, mark: String::new() }
    }

    /// The other way around.
    pub(super) fn turn_around(&mut self) {
        self.keys.iter_mut().for_each(|it| it.descending = !it.descending);
    }

    /// By these columns, then by the key. `descending` turns those around that do not say so.
    pub(super) fn sorted(
        &self,
        columns: &[Column],
        keys: &[(usize, bool)],
        descending: bool,
    ) -> Self {
        let own = keys.iter().filter_map(|(at, down)| Key::new(columns, *at, *down != descending));
        let mut sorted: Vec<Key> = own.collect();
        let tail = self.keys.iter().skip(self.keys.len().saturating_sub(self.tail));
        for key in tail {
            if sorted.iter().all(|it| it.column != key.column) {
                sorted.push(key.clone());
            }
        }
        Self::marked(sorted, self.tail)
    }

    /// The same, from the end.
    pub(super) fn reversed(&self) -> Self {
        let turned = |key: &Key| Key { descending: !key.descending, ..key.clone() };
        Self::marked(self.keys.iter().map(turned).collect(), self.tail)
    }

    fn marked(keys: Vec<Key>, tail: usize) -> Self {
        let part = |key: &Key| format!("{}{}", if key.descending { "-" } else { "" }, key.column);
        let mark = keys.iter().map(part).collect::<Vec<_>>().join(" ");
        Self { keys, tail, mark }
    }

    /// The columns, as they lie in the table: what a cursor holds.
    pub(crate) fn columns(&self, table: &str, columns: &[Column]) -> Vec<String> {
        let found = self.keys.iter().filter_map(|key| columns.get(key.column));
        found.map(|column| plain_name(table, column)).collect()
    }

    /// What follows `ORDER BY`.
    pub(crate) fn sql(&self, table: &str, columns: &[Column]) -> String {
        let term = |key: &Key| {
            let name = name(table, columns.get(key.column)?);
            Some(match (key.descending, key.nullable) {
                (false, false) => name,
                (true, false) => format!("{name} DESC"),
                (false, true) => format!("{name} NULLS FIRST"),
                (true, true) => format!("{name} DESC NULLS LAST"),
            })
        };
        self.keys.iter().filter_map(term).collect::<Vec<_>>().join(", ")
    }

    /// The condition on rows behind the one with these values, whose parameters are numbered from
    /// `number` on.
    pub(crate) fn after(
        &self,
        table: &str,
        columns: &[Column],
        values: &[Cell],
        number: usize,
    ) -> String {
        let parts: Vec<Part> = self.parts(table, columns, values, number);
        if let Some(sql) = as_one(&parts) {
            return sql;
        }
        let one = |at: usize| {
            let before = parts.iter().take(at).map(Part::same);
            let behind = parts.get(at).map(Part::behind);
            before.chain(behind).collect::<Vec<_>>().join(" AND ")
        };
        let all: Vec<String> = (0..parts.len()).map(one).map(|it| format!("({it})")).collect();
        format!("({})", all.join(" OR "))
    }

    fn parts(&self, table: &str, columns: &[Column], values: &[Cell], number: usize) -> Vec<Part> {
        let parts = self.keys.iter().zip(values).enumerate().filter_map(|(at, (key, value))| {
            let column = columns.get(key.column)?;
            Some(Part {
                name: name(table, column),
                operand: operand(column, number + at),
                is_null: *value == Cell::Null,
                key: key.clone(),
            })
        });
        parts.collect()
    }
}

impl Key {
    fn new(columns: &[Column], column: usize, descending: bool) -> Option<Self> {
        let nullable = !columns.get(column)?.not_null;
        Some(Self { column, descending, nullable })
    }
}

/// One key with the value of the row that the page begins behind.
struct Part {
    name: String,
    operand: String,
    is_null: bool,
    key: Key,
}

impl Part {
    fn same(&self) -> String {
        let (name, operand) = (&self.name, &self.operand);
        if self.is_null { format!("{name} IS NULL") } else { format!("{name} = {operand}") }
    }

    fn behind(&self) -> String {
        let (name, operand) = (&self.name, &self.operand);
        match (self.key.descending, self.is_null) {
            (false, true) => format!("{name} IS NOT NULL"),
            (false, false) => format!("{name} > {operand}"),
            (true, true) => "FALSE".to_owned(),
            (true, false) if self.key.nullable => format!("({name} < {operand} OR {name} IS NULL)"),
            (true, false) => format!("{name} < {operand}"),
        }
    }
}

/// One comparison of rows, which an index serves, where all keys go the same way and none is NULL.
fn as_one(parts: &[Part]) -> Option<String> {
    let first = parts.first()?;
    let down = first.key.descending;
    let plain = |part: &Part| part.key.descending == down && !part.key.nullable;
    if !parts.iter().all(plain) {
        return None;
    }
    let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
    let operands: Vec<&str> = parts.iter().map(|part| part.operand.as_str()).collect();
    let sign = if down { "<" } else { ">" };
    Some(format!("({}) {sign} ({})", names.join(", "), operands.join(", ")))
}

/// Columns of types that have an order.
fn comparable(columns: &[Column]) -> impl Iterator<Item = usize> {
    let has_order =
        |it: &Column| !matches!(it.ty, ColumnType::Json | ColumnType::Array | ColumnType::Bytes);
    columns.iter().enumerate().filter(move |(_, it)| has_order(it)).map(|(at, _)| at)
}

/// Reads `-created_at,name` or `price:desc`: positions of columns, and whether each goes down.
pub(super) fn read(value: &str, keys: &[(String, usize)]) -> Result<Vec<(usize, bool)>, Fault> {
    let mut read: Vec<(usize, bool)> = Vec::new();
    for part in value.split(',').map(str::trim) {
        let (name, down) = match part.strip_prefix('-') {
            Some(name) => (name, true),
            None => match part.rsplit_once(':') {
                Some((name, word)) => (name, direction(word)?),
                None => (part.trim_start_matches('+'), false),
            },
        };
        let found = keys.iter().find(|(key, _)| key == name);
        let (_, at) = found.ok_or_else(|| {
            let names: Vec<&str> = keys.iter().map(|(name, _)| name.as_str()).collect();
            Fault::from(format!("takes {}, with `-` before it for the other way", names.join(", ")))
        })?;
        if read.iter().all(|(known, _)| known != at) {
            read.push((*at, down));
        }
    }
    if read.len() > KEYS {
        return Err(format!("takes at most {KEYS} members").into());
    }
    Ok(read)
}

/// Whether `desc` is asked for.
pub(super) fn direction(value: &str) -> Result<bool, Fault> {
    match value.to_ascii_lowercase().as_str() {
        "asc" => Ok(false),
        "desc" => Ok(true),
        _ => Err("must be asc or desc".into()),
    }
}

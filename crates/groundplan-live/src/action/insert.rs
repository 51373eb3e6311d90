//! The statement that makes a row.

use std::borrow::Cow;

use crate::store::Cell;
use groundplan_model::schema::{Column, ColumnType};
use groundplan_model::service::Role;
use jiff::Timestamp;

use crate::action::Draft;
use crate::action::fill::{Filler, owner};
use crate::caller::Caller;
use crate::place::Place;
use crate::store::sql::quote;
use crate::store::{Alone, Db, FIRST_VALUE, Failed, Head, NULL, Row};
use crate::validate::Sent;
use crate::wire::Shape;

/// The statement that makes a row.
pub(super) struct Insert {
    table: String,
    columns: Vec<Filled>,
    /// Positions of the columns that are answered, in that order; `None` for no column.
    answered: Vec<Option<usize>>,
    /// The text for rows in which no column is left to the database that need not be.
    sql: String,
    /// Whether such a row is known without asking: the database keeps what it is given. Asking
    /// costs SQLite nearly as much as the insert.
    is_known: bool,
}

/// A column of a new row.
struct Filled {
    name: String,
    source: Source,
    /// Whether both databases answer a value of the column as they were given it.
    is_verbatim: bool,
}

enum Source {
    Owner(Column),
    Tenant(Column),
    Parent,
    /// The client's value, or else this.
    Sent(Filler),
}

/// A new row's values with the statement that has a parameter for each.
pub(super) struct Values<'i> {
    pub(super) sql: Cow<'i, str>,
    pub(super) values: Vec<Cell>,
    /// Positions of the columns that the values are for.
    columns: Vec<usize>,
    is_known: bool,
}

impl Values<'_> {
    /// The value for the column at `index`.
    pub(super) fn value(&self, index: usize) -> Option<&Cell> {
        let at = self.columns.iter().position(|column| *column == index)?;
        self.values.get(at)
    }
}

impl Insert {
    /// Rows are answered in this shape, with the column at `key` behind it.
    pub(super) fn new(draft: &Draft<'_>, place: &Place, shape: &Shape, key: Option<usize>) -> Self {
        let resource = draft.resource;
        let fields = resource.fields.iter().zip(&resource.table.columns).enumerate();
        let columns = fields.map(|(index, (field, column))| Filled {
            name: quote(&column.name),
            is_verbatim: is_verbatim(&column.ty),
            source: match field.role {
                _ if place.foreign_key == Some(index) => Source::Parent,
                Role::Owner => Source::Owner(column.clone()),
                Role::Tenant => Source::Tenant(column.clone()),
                _ => Source::Sent(Filler::of(field, column)),
            },
        });
        let mut insert = Self {
            table: place.table.clone(),
            columns: columns.collect(),
            answered: shape.positions().into_iter().chain([key]).collect(),
            sql: String::new(),
            is_known: false,
        };
        let filled = |into: &Filled| !matches!(into.source, Source::Sent(Filler::Database));
        let usual: Vec<usize> = insert.positions(filled);
        let known = insert.positions(|into| filled(into) && into.is_verbatim);
        insert.is_known = insert.answered.iter().flatten().all(|at| known.contains(at));
        insert.sql = insert.write_sql(&usual, insert.is_known);
        insert
    }

    pub(super) fn sql(&self) -> &str {
        &self.sql
    }

    /// The row of what was sent, the caller and the path's parent.
    pub(super) fn row(&self, sent: Sent, caller: &Caller, parent: &Cell) -> Values<'_> {
        let now = Timestamp::now();
        let mut columns = Vec::with_capacity(self.columns.len());
        let mut values = Vec::with_capacity(self.columns.len());
        let (mut is_usual, sent) = (true, sent.into_iter().chain(std::iter::repeat(None)));
        let mut time = None;
        for ((index, into), sent) in self.columns.iter().enumerate().zip(sent) {
            is_usual &= sent.is_none() || !matches!(into.source, Source::Sent(Filler::Database));
            let value = match &into.source {
                Source::Owner(column) => Some(owner(column, &caller.subject)),
                Source::Tenant(column) => {
                    Some(caller.tenant.as_deref().map_or(Cell::Null, |it| owner(column, it)))
                }
                Source::Parent => Some(parent.clone()),
                Source::Sent(filler) => sent.or_else(|| fill(filler, now, &mut time)),
            };
            if let Some(value) = value {
                columns.push(index);
                values.push(value);
            }
        }
        let sql = match is_usual {
            true => Cow::Borrowed(self.sql()),
            false => self.write_sql(&columns, false).into(),
        };
        Values { sql, values, columns, is_known: is_usual && self.is_known }
    }

    /// Makes the row, and reads it as it is answered.
    pub(super) fn put<T>(
        &self,
        db: &Db<'_>,
        head: &Head<'_>,
        row: &Values<'_>,
        read: impl FnOnce(&Row<'_>) -> T,
    ) -> Result<Option<T>, Failed> {
        if !row.is_known {
            return db.first(&row.sql, head, &row.values, read);
        }
        if db.execute(&row.sql, head, &row.values)? == 0 {
            return Ok(None);
        }
        Ok(Some(self.given(row, read)))
    }

    /// As [`Insert::put`], as a statement that stands alone.
    pub(super) async fn put_alone<T>(
        &self,
        db: Alone<'_>,
        head: &Head<'_>,
        row: &Values<'_>,
        read: impl FnOnce(&Row<'_>) -> T,
    ) -> Result<Option<T>, Failed> {
        if !row.is_known {
            return db.first(&row.sql, head, &row.values, read).await;
        }
        let made = db.execute(&row.sql, head, &row.values).await?;
        Ok((made > 0).then(|| self.given(row, read)))
    }

    /// Reads a row that the database keeps as it was given.
    fn given<T>(&self, row: &Values<'_>, read: impl FnOnce(&Row<'_>) -> T) -> T {
        let cell = |at: &Option<usize>| at.and_then(|at| row.value(at)).unwrap_or(NULL);
        let cells: Vec<_> = self.answered.iter().map(cell).collect();
        read(&Row::Given(&cells))
    }

    fn positions(&self, is_it: impl Fn(&Filled) -> bool) -> Vec<usize> {
        let all = self.columns.iter().enumerate();
        all.filter(|(_, into)| is_it(into)).map(|(index, _)| index).collect()
    }

    fn write_sql(&self, columns: &[usize], is_known: bool) -> String {
        let into = columns.iter().filter_map(|at| self.columns.get(*at));
        let names: Vec<&str> = into.map(|into| into.name.as_str()).collect();
        let numbers = FIRST_VALUE..FIRST_VALUE + names.len();
        let values: Vec<String> = numbers.map(|number| format!("?{number}")).collect();
        let table = &self.table;
        let returning = if is_known { String::new() } else { self.returning() };
        if names.is_empty() {
            return format!("INSERT INTO {table} DEFAULT VALUES{returning}");
        }
        let (names, values) = (names.join(", "), values.join(", "));
        format!("INSERT INTO {table} ({names}) VALUES ({values}){returning}")
    }

    fn returning(&self) -> String {
        let name = |at: &Option<usize>| Some(self.columns.get((*at)?)?.name.as_str());
        let names: Vec<&str> = self.answered.iter().map(|at| name(at).unwrap_or("NULL")).collect();
        format!(" RETURNING {}", names.join(", "))
    }
}

/// As [`Filler::fill`]. Columns that keep the time of the row in one form share its text: writing it
/// costs as much as checking a body's member.
fn fill<'i>(
    filler: &'i Filler,
    now: Timestamp,
    time: &mut Option<(&'i Filler, Cell)>,
) -> Option<Cell> {
    match time {
        Some((known, cell)) if *known == filler => Some(cell.clone()),
        _ => {
            let cell = filler.fill(now)?;
            if matches!(filler, Filler::Now(_)) {
                *time = Some((filler, cell.clone()));
            }
            Some(cell)
        }
    }
}

/// PostgreSQL writes JSON and decimals in its own way, SQLite whole floats.
fn is_verbatim(ty: &ColumnType) -> bool {
    match ty {
        ColumnType::Text
        | ColumnType::Other
        | ColumnType::Uuid
        | ColumnType::Timestamp
        | ColumnType::Date
        | ColumnType::Integer { .. }
        | ColumnType::Boolean => true,
        ColumnType::Float
        | ColumnType::Decimal
        | ColumnType::Json
        | ColumnType::Array
        | ColumnType::Bytes => false,
    }
}

//! The statement that makes a row.

use std::borrow::Cow;

use crate::store::Cell;
use groundplan_model::schema::Column;
use groundplan_model::service::Role;
use jiff::Timestamp;

use crate::action::Draft;
use crate::action::fill::{Filler, owner};
use crate::caller::Caller;
use crate::place::Place;
use crate::store::FIRST_VALUE;
use crate::store::sql::quote;
use crate::validate::Sent;

/// The statement that makes a row.
pub(super) struct Insert {
    table: String,
    columns: Vec<Filled>,
    returning: String,
    /// The text for rows in which no column is left to the database that need not be.
    sql: String,
}

/// A column of a new row.
struct Filled {
    name: String,
    source: Source,
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
}

impl Values<'_> {
    /// The value for the column at `index`.
    pub(super) fn value(&self, index: usize) -> Option<&Cell> {
        let at = self.columns.iter().position(|column| *column == index)?;
        self.values.get(at)
    }
}

impl Insert {
    pub(super) fn new(draft: &Draft<'_>, place: &Place, returning: &str) -> Self {
        let resource = draft.resource;
        let fields = resource.fields.iter().zip(&resource.table.columns).enumerate();
        let columns = fields.map(|(index, (field, column))| Filled {
            name: quote(&column.name),
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
            returning: returning.to_owned(),
            sql: String::new(),
        };
        let filled = |into: &Filled| !matches!(into.source, Source::Sent(Filler::Database));
        let usual: Vec<usize> = insert.positions(filled);
        insert.sql = insert.write_sql(&usual);
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
        for ((index, into), sent) in self.columns.iter().enumerate().zip(sent) {
            is_usual &= sent.is_none() || !matches!(into.source, Source::Sent(Filler::Database));
            let value = match &into.source {
                Source::Owner(column) => Some(owner(column, &caller.subject)),
                Source::Tenant(column) => {
                    Some(caller.tenant.as_deref().map_or(Cell::Null, |it| owner(column, it)))
                }
                Source::Parent => Some(parent.clone()),
                Source::Sent(filler) => sent.or_else(|| filler.fill(now)),
            };
            if let Some(value) = value {
                columns.push(index);
                values.push(value);
            }
        }
        let sql =
            if is_usual { Cow::Borrowed(self.sql()) } else { self.write_sql(&columns).into() };
        Values { sql, values, columns }
    }

    fn positions(&self, is_it: impl Fn(&Filled) -> bool) -> Vec<usize> {
        let all = self.columns.iter().enumerate();
        all.filter(|(_, into)| is_it(into)).map(|(index, _)| index).collect()
    }

    fn write_sql(&self, columns: &[usize]) -> String {
        let into = columns.iter().filter_map(|at| self.columns.get(*at));
        let names: Vec<&str> = into.map(|into| into.name.as_str()).collect();
        let numbers = FIRST_VALUE..FIRST_VALUE + names.len();
        let values: Vec<String> = numbers.map(|number| format!("?{number}")).collect();
        let (table, returning) = (&self.table, &self.returning);
        if names.is_empty() {
            return format!("INSERT INTO {table} DEFAULT VALUES RETURNING {returning}");
        }
        let (names, values) = (names.join(", "), values.join(", "));
        format!("INSERT INTO {table} ({names}) VALUES ({values}) RETURNING {returning}")
    }
}

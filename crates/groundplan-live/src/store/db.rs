//! One connection with a database, whichever it is: statements in one text for both.
//!
//! Every statement numbers its parameters alike: `?1` is the caller, `?2` the key in the path, `?3`
//! the parent's key, `?4` the caller's tenant; values follow from [`FIRST_VALUE`]. SQLite takes that
//! as it is, and for PostgreSQL it is written anew once for each connection.

use std::borrow::Cow;

use rusqlite::Connection;

use super::cell::{Cell, NULL};
use super::failed::Failed;
use super::postgres::{self, Session};
use super::sqlite;
use crate::caller::Caller;

/// The number of a statement's first value.
pub(crate) const FIRST_VALUE: usize = 5;

/// A connection to run statements on.
pub(crate) enum Db<'c> {
    Sqlite(&'c Connection),
    Postgres(&'c Session),
}

/// What a statement's first parameters stand for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head<'a> {
    pub(crate) caller: &'a Caller,
    pub(crate) key: &'a Cell,
    pub(crate) parent: &'a Cell,
}

impl<'a> Head<'a> {
    /// For statements that know neither key nor parent.
    pub(crate) fn of(caller: &'a Caller) -> Self {
        Self { caller, key: NULL, parent: NULL }
    }
}

/// A row that a statement answers.
pub(crate) enum Row<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r tokio_postgres::Row),
    /// A new row that the database keeps as it was given.
    Given(&'r [&'r Cell]),
}

/// A value as it lies in a row, in [`Cell`]'s forms.
#[derive(Debug, PartialEq)]
pub(crate) enum Seen<'r> {
    Null,
    Integer(i64),
    Real(f64),
    Text(Cow<'r, str>),
    Blob(&'r [u8]),
}

impl Db<'_> {
    /// Runs `sql` and reads its first row, if there is one.
    pub(crate) fn first<T>(
        &self,
        sql: &str,
        head: &Head<'_>,
        values: &[Cell],
        read: impl FnOnce(&Row<'_>) -> T,
    ) -> Result<Option<T>, Failed> {
        let mut read = Some(read);
        let mut found = None;
        self.each(sql, head, values, |row| {
            found = read.take().map(|read| read(row)).or(found.take())
        })?;
        Ok(found)
    }

    /// Runs `sql` to its end, and hands on each row.
    pub(crate) fn each(
        &self,
        sql: &str,
        head: &Head<'_>,
        values: &[Cell],
        read: impl FnMut(&Row<'_>),
    ) -> Result<(), Failed> {
        match self {
            Self::Sqlite(db) => sqlite::each(db, sql, head, values, read),
            Self::Postgres(session) => session.each(sql, head, values, read),
        }
    }

    /// Runs `sql`; answers how many rows it changed.
    pub(crate) fn execute(
        &self,
        sql: &str,
        head: &Head<'_>,
        values: &[Cell],
    ) -> Result<u64, Failed> {
        match self {
            Self::Sqlite(db) => sqlite::execute(db, sql, head, values),
            Self::Postgres(session) => session.execute(sql, head, values),
        }
    }

    /// Keeps others with the same `name` out until the transaction ends: for what is counted first
    /// and written then. SQLite has one writer anyway.
    pub(crate) fn lock(&self, name: &str) -> Result<(), Failed> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(session) => session.lock(name),
        }
    }
}

/// A text as it lies in a row. The lossy way alone looks at every byte by itself.
pub(super) fn text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(bytes),
    }
}

impl Row<'_> {
    /// The value at `index`; NULL where there is none.
    pub(crate) fn value(&self, index: usize) -> Seen<'_> {
        match self {
            Self::Sqlite(row) => sqlite::value(row, index),
            Self::Postgres(row) => postgres::value(row, index),
            Self::Given(cells) => cells.get(index).map_or(Seen::Null, |cell| cell.seen()),
        }
    }

    /// The value at `index`, to be kept.
    pub(crate) fn cell(&self, index: usize) -> Cell {
        match self.value(index) {
            Seen::Null => Cell::Null,
            Seen::Integer(number) => Cell::Integer(number),
            Seen::Real(number) => Cell::Real(number),
            Seen::Text(text) => Cell::Text(text.into_owned()),
            Seen::Blob(bytes) => Cell::Blob(bytes.to_vec()),
        }
    }

    /// The whole number at `index`; 0 where it is something else.
    pub(crate) fn integer(&self, index: usize) -> i64 {
        match self.value(index) {
            Seen::Integer(number) => number,
            _ => 0,
        }
    }

    /// The text at `index`.
    pub(crate) fn text(&self, index: usize) -> Option<String> {
        match self.value(index) {
            Seen::Text(text) => Some(text.into_owned()),
            _ => None,
        }
    }
}

//! The rows of a running service: SQLite in a file, or PostgreSQL at a URL.
//!
//! An action is one piece of [`Work`] on a [`Db`], and does not know which database that is.

pub(crate) mod audit;
mod cell;
mod constraint;
mod db;
mod failed;
mod migration;
mod pending;
mod postgres;
pub(crate) mod scope;
pub(crate) mod sql;
mod sqlite;

use crate::observe::metrics::{Metric, gauge};
use crate::refused::Refused;
use crate::service::{Database, RunOptions, StartError};

use audit::{Stamp, Watched};
pub(crate) use cell::{Cell, NULL};
pub(crate) use constraint::Constraints;
pub(crate) use db::{Db, FIRST_VALUE, Head, Row, Seen};
pub(crate) use failed::Failed;
pub(crate) use pending::Pending;
pub(crate) use postgres::Alone;
use postgres::Postgres;
use sqlite::Sqlite;

#[cfg(test)]
mod tests;

/// Something to do on a connection. After a statement has failed it may look at rows (to say why),
/// and change none.
pub(crate) trait Work<T>: FnOnce(&Db<'_>) -> Result<T, Refused> + Send + 'static {}

impl<T, F: FnOnce(&Db<'_>) -> Result<T, Refused> + Send + 'static> Work<T> for F {}

/// How many statements a piece of writing work has: what a database must do to keep it whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Steps {
    /// One, which is whole by itself.
    One,
    /// Any number that only look, then one that changes rows.
    LookThenOne,
    /// More than one that changes rows: all or none.
    Several,
}

/// The database of a running service.
pub(crate) enum Store {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl Store {
    /// Opens the database and makes its tables where it is new.
    pub(crate) fn open(options: &RunOptions) -> Result<Self, StartError> {
        match &options.database {
            Database::Postgres(url) => Postgres::open(url, options).map(Self::Postgres),
            Database::File(path) => Sqlite::open(Some(path), options).map(Self::Sqlite),
            Database::Memory => Sqlite::open(None, options).map(Self::Sqlite),
        }
    }

    /// Runs `work`, which only looks.
    pub(crate) fn read<T: Send + 'static>(&self, work: impl Work<T>) -> Pending<'_, T> {
        match self {
            Self::Sqlite(sqlite) => Pending::done(sqlite.read(work)),
            Self::Postgres(postgres) => postgres.read(work),
        }
    }

    /// Runs `work` like [`Store::read`]: for statements that may look at every row.
    pub(crate) fn read_slowly<T: Send + 'static>(&self, work: impl Work<T>) -> Pending<'_, T> {
        match self {
            Self::Sqlite(sqlite) => Pending::done(sqlite.read_slowly(work)),
            Self::Postgres(postgres) => postgres.read(work),
        }
    }

    /// For one statement that is whole by itself, where the database has a shorter way for that than
    /// for work. SQLite needs none: it reads where it is asked, and has one writer for all.
    pub(crate) fn alone(&self, stamp: impl FnOnce() -> Option<Stamp>) -> Option<Alone<'_>> {
        match self {
            Self::Sqlite(_) => None,
            Self::Postgres(postgres) => postgres.alone(stamp()),
        }
    }

    /// Runs `work`, all of it or nothing; answers when that is committed.
    pub(crate) fn write<T: Send + 'static>(
        &self,
        steps: Steps,
        work: impl Work<T>,
    ) -> Pending<'_, T> {
        self.write_for(None, steps, work)
    }

    /// As [`Store::write`]; changed rows are recorded as `stamp`'s, where they are.
    pub(crate) fn write_for<T: Send + 'static>(
        &self,
        stamp: Option<Stamp>,
        steps: Steps,
        work: impl Work<T>,
    ) -> Pending<'_, T> {
        match self {
            Self::Sqlite(sqlite) => sqlite.write(stamp, steps, work),
            Self::Postgres(postgres) => postgres.write(stamp, steps, work),
        }
    }

    /// Records every write to these tables from now on, and to no others.
    pub(crate) fn watch(&self, tables: &[Watched]) -> Result<(), StartError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.watch(tables),
            Self::Postgres(postgres) => postgres.watch(tables),
        }
    }

    /// Prepares every statement, so that one that does not fit the tables is found at the start.
    pub(crate) fn try_out<'s>(
        &self,
        statements: impl Iterator<Item = &'s str>,
    ) -> Result<(), StartError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.try_out(statements),
            Self::Postgres(postgres) => postgres.try_out(statements),
        }
    }

    /// Whether the database answers.
    pub(crate) async fn is_ready(&self) -> bool {
        match self {
            Self::Sqlite(sqlite) => sqlite.is_ready(),
            Self::Postgres(postgres) => postgres.is_ready().await,
        }
    }

    /// What an operator sees of it.
    pub(crate) fn metrics(&self) -> Vec<Metric> {
        let (waiting, connections) = match self {
            Self::Sqlite(sqlite) => sqlite.load(),
            Self::Postgres(postgres) => postgres.load(),
        };
        vec![
            gauge("groundplan_database_queue", "Work that waits for the database.", waiting),
            gauge("groundplan_database_connections", "Connections with the database.", connections),
        ]
    }

    /// Finishes what is queued and ends the threads.
    pub(crate) fn close(&self) {
        match self {
            Self::Sqlite(sqlite) => sqlite.close(),
            Self::Postgres(postgres) => postgres.close(),
        }
    }
}

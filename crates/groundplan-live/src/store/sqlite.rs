//! SQLite: connections to read from, and one thread that writes.
//!
//! Reads run where they are asked for, on one of a few connections: a point read costs less than
//! handing it to another thread. Writes queue for one thread, which commits what has gathered
//! with one `fsync`; the answer comes after the commit.

mod open;
mod readers;
mod tables;
mod writer;

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, Error, ffi};
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::task::block_in_place;

use super::audit::{self, Stamp, Watched};
use super::cell::Cell;
use super::db::{Db, FIRST_VALUE, Head, Row, Seen};
use super::failed::Failed;
use super::{Pending, Steps, Work};
use crate::service::{RunOptions, StartError};
use readers::Readers;
use writer::Writer;

/// A connection that threads take turns on.
type Shared = Arc<Mutex<Connection>>;

/// A SQLite database of a running service.
pub(crate) struct Sqlite {
    readers: Readers,
    writer: Writer,
    /// The writer's connection.
    writes: Shared,
}

impl Sqlite {
    /// Opens the file, or a database in memory; makes its tables where it is new, and starts the
    /// writer.
    pub(super) fn open(file: Option<&Path>, options: &RunOptions) -> Result<Self, StartError> {
        let opened = open::open(file, options)?;
        let writes = Arc::clone(&opened.writer);
        let writer = Writer::start(opened.writer, options.fault)?;
        Ok(Self { readers: Readers::new(opened.readers), writer, writes })
    }

    /// Runs `work` on a connection, here and now.
    pub(super) fn read<T>(&self, work: impl FnOnce(&Db<'_>) -> T) -> T {
        self.readers.read(|db| work(&Db::Sqlite(db)))
    }

    /// Runs `work` like [`Self::read`], but lets other requests off this thread meanwhile.
    pub(super) fn read_slowly<T>(&self, work: impl FnOnce(&Db<'_>) -> T) -> T {
        match Handle::current().runtime_flavor() {
            RuntimeFlavor::MultiThread => block_in_place(|| self.read(work)),
            _ => self.read(work),
        }
    }

    pub(super) fn write<T: Send + 'static>(
        &self,
        stamp: Option<Stamp>,
        steps: Steps,
        work: impl Work<T>,
    ) -> Pending<'_, T> {
        self.writer.write(stamp, steps, work)
    }

    /// Records writes to these tables from now on.
    pub(super) fn watch(&self, tables: &[Watched]) -> Result<(), StartError> {
        let watched = audit::sqlite::watch(&lock(&self.writes), tables);
        watched.map_err(|error| StartError::Schema { reason: error.to_string() })
    }

    pub(super) fn try_out<'s>(
        &self,
        statements: impl Iterator<Item = &'s str>,
    ) -> Result<(), StartError> {
        self.readers.read(|db| {
            for statement in statements {
                db.prepare(statement)
                    .map_err(|error| StartError::Schema { reason: error.to_string() })?;
            }
            Ok(())
        })
    }

    pub(super) fn is_ready(&self) -> bool {
        let sql = "SELECT count(*) FROM sqlite_schema";
        self.readers.read(|db| db.query_row(sql, [], |_| Ok(()))).is_ok()
    }

    /// How many pieces of writing work wait, and how many connections there are.
    pub(super) fn load(&self) -> (usize, usize) {
        // The writer has one of its own.
        (self.writer.waiting(), self.readers.count() + 1)
    }

    /// Commits what is queued and ends the writer.
    pub(super) fn close(&self) {
        self.writer.close();
    }
}

/// A panic while the lock was held leaves the connection usable: statements are reset on drop.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Real(number) => ValueRef::Real(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// Prepares `sql` (once for each text and connection) and binds what it has parameters for.
fn prepare<'db>(
    db: &'db Connection,
    sql: &str,
    head: &Head<'_>,
    values: &[Cell],
) -> rusqlite::Result<CachedStatement<'db>> {
    let mut statement = db.prepare_cached(sql)?;
    let count = statement.parameter_count();
    for (index, value) in values.iter().enumerate().take(count.saturating_sub(FIRST_VALUE - 1)) {
        statement.raw_bind_parameter(FIRST_VALUE + index, value)?;
    }
    if count >= 4 {
        statement.raw_bind_parameter(4, head.caller.tenant.as_deref())?;
    }
    if count >= 3 {
        statement.raw_bind_parameter(3, head.parent)?;
    }
    if count >= 2 {
        statement.raw_bind_parameter(2, head.key)?;
    }
    if count >= 1 {
        statement.raw_bind_parameter(1, &*head.caller.subject)?;
    }
    Ok(statement)
}

/// A statement that changes rows is done only when it was stepped to its end.
pub(super) fn each(
    db: &Connection,
    sql: &str,
    head: &Head<'_>,
    values: &[Cell],
    mut read: impl FnMut(&Row<'_>),
) -> Result<(), Failed> {
    let mut statement = prepare(db, sql, head, values)?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        read(&Row::Sqlite(row));
    }
    Ok(())
}

pub(super) fn execute(
    db: &Connection,
    sql: &str,
    head: &Head<'_>,
    values: &[Cell],
) -> Result<u64, Failed> {
    let changed = prepare(db, sql, head, values)?.raw_execute()?;
    Ok(u64::try_from(changed).unwrap_or(u64::MAX))
}

pub(super) fn value<'r>(row: &'r rusqlite::Row<'_>, index: usize) -> Seen<'r> {
    match row.get_ref(index) {
        Ok(ValueRef::Integer(number)) => Seen::Integer(number),
        Ok(ValueRef::Real(number)) => Seen::Real(number),
        Ok(ValueRef::Text(text)) => Seen::Text(super::db::text(text)),
        Ok(ValueRef::Blob(bytes)) => Seen::Blob(bytes),
        Ok(ValueRef::Null) | Err(_) => Seen::Null,
    }
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        let Error::SqliteFailure(code, message) = &error else {
            return Self::Broken(error.to_string());
        };
        let text = message.clone().unwrap_or_default();
        match code.extended_code {
            ffi::SQLITE_CONSTRAINT_UNIQUE
            | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
            | ffi::SQLITE_CONSTRAINT_ROWID => Self::Duplicate(text),
            ffi::SQLITE_CONSTRAINT_NOTNULL => Self::NotNull(text),
            ffi::SQLITE_CONSTRAINT_DATATYPE => Self::Datatype(text),
            ffi::SQLITE_CONSTRAINT_CHECK => Self::Check(text),
            // ON DELETE RESTRICT says "trigger".
            ffi::SQLITE_CONSTRAINT_FOREIGNKEY | ffi::SQLITE_CONSTRAINT_TRIGGER => Self::ForeignKey,
            _ => Self::Broken(error.to_string()),
        }
    }
}

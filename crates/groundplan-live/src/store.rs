//! SQLite: connections to read from, and one thread that writes.
//!
//! Reads run where they are asked for, on one of a few connections: a point read costs less than
//! handing it to another thread. Writes queue for one thread, which commits what has gathered
//! with one `fsync`; the answer comes after the commit.

mod constraint;
mod open;
mod readers;
pub(crate) mod scope;
pub(crate) mod sql;
mod writer;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::task::block_in_place;

use crate::refused::Refused;
use crate::service::{RunOptions, StartError};

pub(crate) use constraint::Constraints;
use readers::Readers;
use writer::Writer;

#[cfg(test)]
mod tests;

/// A connection that threads take turns on.
type Shared = Arc<Mutex<Connection>>;

/// The database of a running service.
pub(crate) struct Store {
    readers: Readers,
    writer: Writer,
}

impl Store {
    /// Opens the database, makes its tables where it is new, and starts the writer.
    pub(crate) fn open(options: &RunOptions) -> Result<Self, StartError> {
        let opened = open::open(options)?;
        let writer = Writer::start(opened.writer, options.fault)?;
        Ok(Self { readers: Readers::new(opened.readers), writer })
    }

    /// Runs `work` on a connection, here and now.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> T) -> T {
        self.readers.read(work)
    }

    /// Runs `work` like [`Store::read`], but lets other requests off this thread meanwhile: for
    /// statements that may look at every row.
    pub(crate) fn read_slowly<T>(&self, work: impl FnOnce(&Connection) -> T) -> T {
        match Handle::current().runtime_flavor() {
            RuntimeFlavor::MultiThread => block_in_place(|| self.read(work)),
            _ => self.read(work),
        }
    }

    /// Runs `work` in the writer's next transaction; answers when that is committed. `work` may
    /// change rows by one statement at most: SQLite undoes a failed statement, not what came
    /// before it.
    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T, Refused>
    where
        F: FnOnce(&Connection) -> Result<T, Refused> + Send + 'static,
        T: Send + 'static,
    {
        self.writer.write(work).await
    }

    /// Prepares every statement, so that one that does not fit the tables is found at the start.
    pub(crate) fn try_out<'s>(
        &self,
        statements: impl Iterator<Item = &'s str>,
    ) -> Result<(), StartError> {
        self.read(|db| {
            for statement in statements {
                db.prepare(statement)
                    .map_err(|error| StartError::Schema { reason: error.to_string() })?;
            }
            Ok(())
        })
    }

    /// Whether the database answers.
    pub(crate) fn is_ready(&self) -> bool {
        self.read(|db| db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))).is_ok()
    }

    /// Commits what is queued and ends the writer.
    pub(crate) fn close(&self) {
        self.writer.close();
    }
}

/// A panic while the lock was held leaves the connection usable: statements are reset on drop.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

//! Opening the connections of a database.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread::available_parallelism;
use std::time::Duration;

use rusqlite::{Connection, Error, ErrorCode, OpenFlags};

use super::{Shared, tables};
use crate::service::{RunOptions, StartError};

/// How long to wait for another program's lock at the start.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long a statement waits for another program's lock while serving.
const BUSY: Duration = Duration::from_secs(5);

/// Statements that a connection keeps prepared. Lists with filters have one for each combination.
const STATEMENTS: usize = 256;

// Pages that many writes change are copied into the database once for every 4,000 pages of the log
// (16 MB) and not for every 1,000. More would need a second block of its index, and so every read.
const PRAGMAS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
     PRAGMA wal_autocheckpoint = 4000; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; \
     PRAGMA mmap_size = 67108864;";

/// The connections of one service.
pub(super) struct Opened {
    pub(super) writer: Shared,
    pub(super) readers: (Shared, Vec<Shared>),
}

pub(super) fn open(file: Option<&Path>, options: &RunOptions) -> Result<Opened, StartError> {
    file.map_or_else(|| open_memory(options), |path| open_file(path, options))
}

fn open_file(path: &Path, options: &RunOptions) -> Result<Opened, StartError> {
    let told = |error| explain(path, &error);
    let writer = connect(path, OpenFlags::SQLITE_OPEN_CREATE).map_err(told)?;
    tables::prepare(&writer, path, options)?;
    writer.busy_timeout(BUSY).map_err(told)?;
    let first = reader(path)?;
    // One connection a worker thread, and one to spare.
    let count = available_parallelism().map_or(2, usize::from).min(16);
    let others = (0..count).map(|_| reader(path)).collect::<Result<_, _>>()?;
    Ok(Opened { writer: share(writer), readers: (first, others) })
}

/// SQLite in memory has one connection: nothing is shared between two.
fn open_memory(options: &RunOptions) -> Result<Opened, StartError> {
    let path = Path::new(":memory:");
    let db = Connection::open_in_memory().map_err(|error| explain(path, &error))?;
    configure(&db).map_err(|error| explain(path, &error))?;
    tables::prepare(&db, path, options)?;
    let db = share(db);
    Ok(Opened { writer: Arc::clone(&db), readers: (db, Vec::new()) })
}

fn reader(path: &Path) -> Result<Shared, StartError> {
    let db = connect(path, OpenFlags::empty()).map_err(|error| explain(path, &error))?;
    db.execute_batch("PRAGMA query_only = ON").map_err(|error| explain(path, &error))?;
    Ok(share(db))
}

fn share(db: Connection) -> Shared {
    Arc::new(Mutex::new(db))
}

fn connect(path: &Path, create: OpenFlags) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | create;
    let db = Connection::open_with_flags(path, flags)?;
    configure(&db)?;
    Ok(db)
}

fn configure(db: &Connection) -> rusqlite::Result<()> {
    db.busy_timeout(PATIENCE)?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    db.execute_batch(PRAGMAS)
}

pub(super) fn explain(path: &Path, error: &Error) -> StartError {
    let path: PathBuf = path.to_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StartError::Locked { path },
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            StartError::Foreign { path, reason: error.to_string() }
        }
        _ => StartError::Unwritable { path, reason: error.to_string() },
    }
}

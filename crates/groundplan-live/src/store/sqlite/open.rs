//! Opening the database, and making its tables where it is new.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread::available_parallelism;
use std::time::Duration;

use rusqlite::{Connection, Error, ErrorCode, OpenFlags, OptionalExtension as _};

use super::Shared;
use crate::service::StartError;

/// How long to wait for another program's lock at the start.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long a statement waits for another program's lock while serving.
const BUSY: Duration = Duration::from_secs(5);

/// Statements that a connection keeps prepared. Lists with filters have one for each combination.
const STATEMENTS: usize = 256;

const PRAGMAS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
     PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA mmap_size = 67108864;";

/// Where the schema's text is kept, to notice that the document has changed.
const META: &str = "CREATE TABLE groundplan_meta \
     (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID;";

/// The connections of one service.
pub(super) struct Opened {
    pub(super) writer: Shared,
    pub(super) readers: (Shared, Vec<Shared>),
}

pub(super) fn open(file: Option<&Path>, schema: &str) -> Result<Opened, StartError> {
    file.map_or_else(|| open_memory(schema), |path| open_file(path, schema))
}

fn open_file(path: &Path, schema: &str) -> Result<Opened, StartError> {
    let told = |error| explain(path, &error);
    let writer = connect(path, OpenFlags::SQLITE_OPEN_CREATE).map_err(told)?;
    prepare(&writer, path, schema)?;
    writer.busy_timeout(BUSY).map_err(told)?;
    let first = reader(path)?;
    // One connection a worker thread, and one to spare.
    let count = available_parallelism().map_or(2, usize::from).min(16);
    let others = (0..count).map(|_| reader(path)).collect::<Result<_, _>>()?;
    Ok(Opened { writer: share(writer), readers: (first, others) })
}

/// SQLite in memory has one connection: nothing is shared between two.
fn open_memory(schema: &str) -> Result<Opened, StartError> {
    let path = Path::new(":memory:");
    let db = Connection::open_in_memory().map_err(|error| explain(path, &error))?;
    configure(&db).map_err(|error| explain(path, &error))?;
    prepare(&db, path, schema)?;
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

/// Makes the tables of a new database; refuses one that was made for other tables.
fn prepare(db: &Connection, path: &Path, schema: &str) -> Result<(), StartError> {
    // Takes the write lock, so that a file that cannot be written is refused now and not at the
    // first request.
    db.execute_batch("BEGIN IMMEDIATE").map_err(|error| explain(path, &error))?;
    let tables: i64 = db
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(|error| explain(path, &error))?;
    if tables == 0 {
        create(db, schema).map_err(|error| StartError::Schema { reason: error.to_string() })?;
    } else {
        compare(db, path, schema)?;
    }
    db.execute_batch("COMMIT").map_err(|error| explain(path, &error))
}

fn create(db: &Connection, schema: &str) -> rusqlite::Result<()> {
    db.execute_batch(schema)?;
    db.execute_batch(META)?;
    db.execute("INSERT INTO groundplan_meta VALUES ('schema', ?1)", [schema]).map(drop)
}

fn compare(db: &Connection, path: &Path, schema: &str) -> Result<(), StartError> {
    let sql = "SELECT value FROM groundplan_meta WHERE name = 'schema'";
    let stored = db.query_row(sql, [], |row| row.get::<_, String>(0)).optional();
    match stored {
        Ok(Some(stored)) if stored == schema => Ok(()),
        Ok(Some(_)) => Err(StartError::SchemaChanged { path: path.to_owned() }),
        Ok(None) | Err(Error::SqlInputError { .. } | Error::SqliteFailure(_, _)) => {
            let reason = "it has tables of another program".to_owned();
            Err(StartError::Foreign { path: path.to_owned(), reason })
        }
        Err(error) => Err(explain(path, &error)),
    }
}

fn explain(path: &Path, error: &Error) -> StartError {
    let path: PathBuf = path.to_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StartError::Locked { path },
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            StartError::Foreign { path, reason: error.to_string() }
        }
        _ => StartError::Unwritable { path, reason: error.to_string() },
    }
}

//! SQLite with prepared statements: a connection a thread to read from, one thread that writes.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;

use axum::http::StatusCode;
use rusqlite::{Connection, ErrorCode, OptionalExtension as _, Row, params};
use tokio::sync::oneshot;

use super::Refused;
use super::dataset::Dataset;
use super::list::Position;

/// Rows in one transaction at most.
const BATCH: usize = 256;

const PRAGMAS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
     PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000; PRAGMA mmap_size = 67108864;";

const SCHEMA: &str = "CREATE TABLE datasets (
    id TEXT PRIMARY KEY NOT NULL,
    owner_id TEXT NOT NULL,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    description TEXT CHECK (length(description) <= 2000),
    row_count INTEGER NOT NULL CHECK (row_count >= 0),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (owner_id, name)
) STRICT;
CREATE INDEX idx_datasets_owner_created ON datasets (owner_id, created_at, id);";

const READ: &str = "SELECT id, owner_id, name, description, row_count, created_at, updated_at \
     FROM datasets WHERE id = ?1 AND owner_id = ?2";

const FIRST: &str = "SELECT id, owner_id, name, description, row_count, created_at, updated_at \
     FROM datasets WHERE owner_id = ?1 ORDER BY created_at, id LIMIT ?2";

const LATER: &str = "SELECT id, owner_id, name, description, row_count, created_at, updated_at \
     FROM datasets WHERE owner_id = ?1 AND (created_at, id) > (?3, ?4) \
     ORDER BY created_at, id LIMIT ?2";

const INSERT: &str = "INSERT INTO datasets \
     (id, owner_id, name, description, row_count, created_at, updated_at) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

thread_local! {
    static READER: RefCell<Option<Connection>> = const { RefCell::new(None) };
}

pub(super) struct Store {
    path: PathBuf,
    writer: mpsc::Sender<Job>,
}

struct Job {
    dataset: Dataset,
    reply: oneshot::Sender<rusqlite::Result<Dataset>>,
}

impl Store {
    pub(super) fn open(path: &Path) -> anyhow::Result<Self> {
        let db = connect(path)?;
        db.execute_batch(SCHEMA)?;
        let (writer, jobs) = mpsc::channel();
        thread::Builder::new().spawn(move || work_off(&db, &jobs))?;
        Ok(Self { path: path.to_owned(), writer })
    }

    pub(super) fn read(&self, owner: &str, id: &str) -> rusqlite::Result<Option<Dataset>> {
        self.with_reader(|db| db.prepare_cached(READ)?.query_row([id, owner], dataset).optional())
    }

    /// One page, and its last row where there is another page.
    pub(super) fn list(
        &self,
        owner: &str,
        limit: usize,
        after: Option<&Position>,
    ) -> rusqlite::Result<(Vec<Dataset>, Option<Position>)> {
        // One row more than the page shows whether there is another page.
        let wanted = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
        let mut rows = self.with_reader(|db| match after {
            None => db.prepare_cached(FIRST)?.query_map(params![owner, wanted], dataset)?.collect(),
            Some(after) => db
                .prepare_cached(LATER)?
                .query_map(params![owner, wanted, after.created_at, after.id], dataset)?
                .collect::<rusqlite::Result<Vec<_>>>(),
        })?;
        let has_more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| has_more).map(Position::of);
        Ok((rows, next))
    }

    pub(super) async fn create(&self, dataset: Dataset) -> Result<Dataset, Refused> {
        let gone = || Refused(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "the writer is gone");
        let (reply, answer) = oneshot::channel();
        self.writer.send(Job { dataset, reply }).map_err(|_| gone())?;
        match answer.await.map_err(|_| gone())? {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
                Err(Refused(StatusCode::CONFLICT, "duplicate", "there is such a row already"))
            }
            written => Ok(written?),
        }
    }

    fn with_reader<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        READER.with_borrow_mut(|reader| match reader {
            Some(db) => work(db),
            None => work(reader.insert(connect(&self.path)?)),
        })
    }
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let db = Connection::open(path)?;
    db.execute_batch(PRAGMAS)?;
    Ok(db)
}

fn dataset(row: &Row<'_>) -> rusqlite::Result<Dataset> {
    Ok(Dataset {
        id: row.get(0)?,
        owner_id: row.get(1)?,
        name: row.get(2)?,
        description: row.get(3)?,
        row_count: row.get(4)?,
        created_at: row.get(5)?,
        updated_at: row.get(6)?,
    })
}

/// Writes what waits in one transaction, and answers when it is on the disk.
fn work_off(db: &Connection, jobs: &mpsc::Receiver<Job>) {
    while let Ok(first) = jobs.recv() {
        let mut batch = vec![first];
        batch.extend(jobs.try_iter().take(BATCH - 1));
        let written: rusqlite::Result<Vec<_>> = transact(db, &batch);
        match written {
            Ok(each) => batch.into_iter().zip(each).for_each(|(job, one)| job.answer(one)),
            // The others hear of it by their dropped channel.
            Err(error) => eprintln!("by hand: {error}"),
        }
    }
}

fn transact(db: &Connection, batch: &[Job]) -> rusqlite::Result<Vec<rusqlite::Result<()>>> {
    db.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    let each = batch.iter().map(|job| insert(db, &job.dataset)).collect();
    db.prepare_cached("COMMIT")?.execute([])?;
    Ok(each)
}

fn insert(db: &Connection, it: &Dataset) -> rusqlite::Result<()> {
    let values = params![
        it.id,
        it.owner_id,
        it.name,
        it.description,
        it.row_count,
        it.created_at,
        it.updated_at
    ];
    db.prepare_cached(INSERT)?.execute(values).map(drop)
}

impl Job {
    fn answer(self, written: rusqlite::Result<()>) {
        // The caller may have gone away; the row is written all the same.
        let _ = self.reply.send(written.map(|()| self.dataset));
    }
}

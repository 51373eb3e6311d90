//! One thread that writes, committing many jobs at once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError, RwLock, mpsc};
use std::thread::{self, JoinHandle};

use rusqlite::Connection;
use tokio::sync::oneshot::Sender;

use super::{Shared, lock};
use crate::Fault;
use crate::observe::metrics::Gauge;
use crate::refused::Refused;
use crate::service::StartError;
use crate::store::audit::Stamp;
use crate::store::audit::sqlite::Working;
use crate::store::{Db, Pending, Steps, Work};

/// Jobs in one transaction at most: bounds how long the first of them waits for the last.
const BATCH: usize = 256;

/// The queue of the thread that writes.
pub(super) struct Writer {
    queue: RwLock<Option<mpsc::Sender<Box<dyn Job>>>>,
    /// Work that is not committed yet.
    waiting: Gauge,
    thread: Mutex<Option<JoinHandle<()>>>,
}

/// Something to do in a transaction, and someone to tell when it is committed.
trait Job: Send {
    fn run(&mut self, db: &Connection, working: &Working);
    fn tell(self: Box<Self>, committed: bool);
}

struct Task<F, T> {
    /// For whom it is.
    stamp: Option<Stamp>,
    steps: Steps,
    work: Option<F>,
    outcome: Option<Result<T, Refused>>,
    reply: Sender<Result<T, Refused>>,
}

impl<F, T> Job for Task<F, T>
where
    F: Work<T>,
    T: Send,
{
    fn run(&mut self, db: &Connection, working: &Working) {
        let Some(work) = self.work.take() else { return };
        working.for_whom(self.stamp.take());
        // A panic must not end the thread that everybody's writes go through.
        let work = || catch_unwind(AssertUnwindSafe(|| work(&Db::Sqlite(db)))).ok();
        self.outcome = match self.steps {
            // SQLite undoes a failed statement by itself; a savepoint costs as much as the job.
            Steps::One | Steps::LookThenOne => work(),
            Steps::Several => whole(db, work),
        };
    }

    fn tell(self: Box<Self>, committed: bool) {
        let Some(outcome) = self.outcome else { return };
        let kept =
            if committed || outcome.is_err() { outcome } else { Err(Refused::unavailable()) };
        // The caller may have gone away; the rows are written all the same.
        let _ = self.reply.send(kept);
    }
}

impl Writer {
    pub(super) fn start(db: Shared, fault: Option<Fault>) -> Result<Self, StartError> {
        let (queue, jobs) = mpsc::channel();
        let loses = fault == Some(Fault::LostWrite);
        let working = Working::default();
        working
            .register(&lock(&db))
            .map_err(|error| StartError::Schema { reason: error.to_string() })?;
        let thread = thread::Builder::new()
            .name("groundplan-writer".to_owned())
            .spawn(move || work_off(&db, &jobs, &working, loses))?;
        Ok(Self {
            queue: RwLock::new(Some(queue)),
            waiting: Gauge::default(),
            thread: Mutex::new(Some(thread)),
        })
    }

    pub(super) fn write<T: Send + 'static>(
        &self,
        stamp: Option<Stamp>,
        steps: Steps,
        work: impl Work<T>,
    ) -> Pending<'_, T> {
        let (reply, pending) = Pending::new(Some(self.waiting.enter()));
        let task = Task { stamp, steps, work: Some(work), outcome: None, reply };
        // A task that nobody takes goes with its reply, and so its caller hears of it.
        if let Some(queue) = &*self.queue.read().unwrap_or_else(PoisonError::into_inner) {
            let _ = queue.send(Box::new(task));
        }
        pending
    }

    /// How much work is not committed yet.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.value()
    }

    pub(super) fn close(&self) {
        drop(self.queue.write().unwrap_or_else(PoisonError::into_inner).take());
        if let Some(thread) = lock(&self.thread).take() {
            let _ = thread.join();
        }
    }
}

fn work_off(db: &Shared, jobs: &mpsc::Receiver<Box<dyn Job>>, working: &Working, loses: bool) {
    while let Ok(first) = jobs.recv() {
        let mut batch = vec![first];
        batch.extend(jobs.try_iter().take(BATCH - 1));
        let db = lock(db);
        let committed = transact(&db, &mut batch, working, loses);
        drop(db);
        if let Err(error) = &committed {
            tracing::error!(%error, jobs = batch.len(), "a transaction was not committed");
        }
        batch.into_iter().for_each(|job| job.tell(committed.is_ok()));
    }
}

/// Runs `work` so that it leaves nothing behind where it does not succeed.
fn whole<T>(
    db: &Connection,
    work: impl FnOnce() -> Option<Result<T, Refused>>,
) -> Option<Result<T, Refused>> {
    execute(db, "SAVEPOINT job").ok()?;
    let outcome = work();
    if !matches!(outcome, Some(Ok(_))) {
        let _ = execute(db, "ROLLBACK TO job");
    }
    let _ = execute(db, "RELEASE job");
    outcome
}

/// Runs the jobs in one transaction; each keeps itself apart from the others. Errors that undo the
/// whole transaction (a full disk) fail the batch at its `COMMIT`.
fn transact(
    db: &Connection,
    batch: &mut [Box<dyn Job>],
    working: &Working,
    loses: bool,
) -> rusqlite::Result<()> {
    execute(db, "BEGIN IMMEDIATE")?;
    batch.iter_mut().for_each(|job| job.run(db, working));
    let ended = execute(db, if loses { "ROLLBACK" } else { "COMMIT" });
    if ended.is_err() && !db.is_autocommit() {
        // SQLite keeps the transaction open where only the commit failed.
        let _ = execute(db, "ROLLBACK");
    }
    ended
}

fn execute(db: &Connection, sql: &str) -> rusqlite::Result<()> {
    db.prepare_cached(sql)?.execute([]).map(drop)
}

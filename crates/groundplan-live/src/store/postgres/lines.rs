//! Connections for statements that stand alone, on the service's own threads: nobody has to be woken
//! for them. Work of several statements waits for each of them, and has threads of its own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_postgres::{Client, Error};

use super::open::Address;
use super::session::{Prepared, STATEMENTS, begin, params, slices};
use super::statement::translate;
use crate::observe::metrics::Gauge;
use crate::store::audit::Stamp;
use crate::store::{Cell, Failed, Head, Row};

/// Connections at most: PostgreSQL commits what several connections have at once together.
pub(super) const CONNECTIONS: usize = 16;

/// Statements that wait at most: more are refused at once, so that nobody waits for minutes.
const WAITING: usize = 4096;

/// A database for one statement that is whole by itself.
pub(crate) struct Alone<'a> {
    lines: &'a Lines,
    stamp: Option<Stamp>,
}

/// Connections that statements take turns on. Each is made when it is needed first.
pub(super) struct Lines {
    address: Arc<Address>,
    idle: Arc<Mutex<Vec<Line>>>,
    free: Arc<Semaphore>,
    waiting: Gauge,
}

/// A connection with what it keeps prepared.
struct Line {
    client: Client,
    statements: HashMap<String, Arc<Prepared>>,
}

/// A connection that a statement has; it goes back when that is over.
struct Lease {
    idle: Arc<Mutex<Vec<Line>>>,
    line: Option<Line>,
    permit: Option<OwnedSemaphorePermit>,
    /// Whether no answer is still to come.
    is_settled: bool,
}

impl<'a> Alone<'a> {
    pub(super) fn new(lines: &'a Lines, stamp: Option<Stamp>) -> Self {
        Self { lines, stamp }
    }

    /// Runs `sql` and reads its first row, if there is one.
    pub(crate) async fn first<T>(
        self,
        sql: &str,
        head: &Head<'_>,
        values: &[Cell],
        read: impl FnOnce(&Row<'_>) -> T,
    ) -> Result<Option<T>, Failed> {
        let mut lease = self.lines.lease().await?;
        let found = lease.line()?.first(sql, head, values, self.stamp).await;
        lease.is_settled = true;
        let found = found.map_err(|error| self.lines.address.explain(&error))?;
        Ok(found.map(|row| read(&Row::Postgres(&row))))
    }

    /// Runs `sql`; answers how many rows it changed.
    pub(crate) async fn execute(
        self,
        sql: &str,
        head: &Head<'_>,
        values: &[Cell],
    ) -> Result<u64, Failed> {
        let mut lease = self.lines.lease().await?;
        let changed = lease.line()?.execute(sql, head, values, self.stamp).await;
        lease.is_settled = true;
        changed.map_err(|error| self.lines.address.explain(&error))
    }
}

impl Lines {
    pub(super) fn new(address: Arc<Address>) -> Self {
        let free = Arc::new(Semaphore::new(CONNECTIONS));
        Self { address, idle: Arc::default(), free, waiting: Gauge::default() }
    }

    /// How many statements wait for a connection.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.value()
    }

    /// Takes no more statements.
    pub(super) fn close(&self) {
        self.free.close();
        lock(&self.idle).clear();
    }

    async fn lease(&self) -> Result<Lease, Failed> {
        let gone = |reason: &str| Failed::Broken(reason.to_owned());
        if self.waiting.value() >= WAITING {
            return Err(gone("too much waits for the database"));
        }
        let waiting = self.waiting.enter();
        let permit = Arc::clone(&self.free).acquire_owned().await;
        drop(waiting);
        let permit = permit.map_err(|_| gone("the database is closed"))?;
        let line = match self.idle() {
            Some(line) => line,
            None => {
                let client = self.address.client_again().await;
                let client = client.ok_or_else(|| gone("the database does not answer"))?;
                Line { client, statements: HashMap::new() }
            }
        };
        let idle = Arc::clone(&self.idle);
        Ok(Lease { idle, line: Some(line), permit: Some(permit), is_settled: false })
    }

    /// The connection that was used last, as far as it holds.
    fn idle(&self) -> Option<Line> {
        let mut idle = lock(&self.idle);
        while let Some(line) = idle.pop() {
            if !line.client.is_closed() {
                return Some(line);
            }
        }
        None
    }
}

impl Lease {
    fn line(&mut self) -> Result<&mut Line, Failed> {
        self.line.as_mut().ok_or_else(|| Failed::Broken("no connection".to_owned()))
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let (Some(line), Some(permit)) = (self.line.take(), self.permit.take()) else { return };
        if self.is_settled {
            lock(&self.idle).push(line);
            return;
        }
        // Whoever asked has gone away. The server does what it was told, and answers this then.
        let (idle, Ok(runtime)) = (Arc::clone(&self.idle), Handle::try_current()) else { return };
        runtime.spawn(async move {
            if line.client.batch_execute("").await.is_ok() {
                lock(&idle).push(line);
            }
            drop(permit);
        });
    }
}

impl Line {
    async fn first(
        &mut self,
        sql: &str,
        head: &Head<'_>,
        values: &[Cell],
        stamp: Option<Stamp>,
    ) -> Result<Option<tokio_postgres::Row>, Error> {
        let prepared = self.prepared(sql).await?;
        let params = params(&prepared, head, values);
        let slices = slices(&params);
        let rows = self.client.query(&prepared.statement, &slices);
        Ok(whole(&self.client, stamp, rows).await?.into_iter().next())
    }

    async fn execute(
        &mut self,
        sql: &str,
        head: &Head<'_>,
        values: &[Cell],
        stamp: Option<Stamp>,
    ) -> Result<u64, Error> {
        let prepared = self.prepared(sql).await?;
        let params = params(&prepared, head, values);
        let slices = slices(&params);
        let changed = self.client.execute(&prepared.statement, &slices);
        whole(&self.client, stamp, changed).await
    }

    async fn prepared(&mut self, sql: &str) -> Result<Arc<Prepared>, Error> {
        if let Some(known) = self.statements.get(sql) {
            return Ok(Arc::clone(known));
        }
        let translated = translate(sql);
        let statement = self.client.prepare(&translated.text).await?;
        let prepared = Arc::new(Prepared { statement, order: translated.order });
        if self.statements.len() >= STATEMENTS {
            self.statements.clear();
        }
        self.statements.insert(sql.to_owned(), Arc::clone(&prepared));
        Ok(prepared)
    }
}

/// Runs a statement as a transaction of its own, which it is by itself where no `stamp` goes before
/// it. All of it is sent at once; after a statement that failed, the end is a `ROLLBACK`.
async fn whole<T>(
    client: &Client,
    stamp: Option<Stamp>,
    statement: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let Some(stamp) = stamp else { return statement.await };
    let begin = begin(Some(stamp));
    let (begun, done, ended) =
        tokio::join!(client.batch_execute(&begin), statement, client.batch_execute("COMMIT"));
    begun?;
    let done = done?;
    ended.map(|()| done)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

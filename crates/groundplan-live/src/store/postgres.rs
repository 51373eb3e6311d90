//! PostgreSQL: a few threads, each with a connection of its own, and connections for statements that
//! stand alone.
//!
//! A piece of work is the same closure as on SQLite and waits for each of its statements, so it runs
//! where nobody else is kept waiting. A connection that broke is made anew before the next work.

mod catalog;
mod lines;
mod open;
mod param;
mod queue;
mod session;
mod statement;
mod tables;
mod value;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use super::audit::{self, Stamp, Watched};
use super::db::Db;
use super::{Pending, Steps, Work};
use crate::Fault;
use crate::refused::Refused;
use crate::service::{RunOptions, StartError};
pub(crate) use lines::Alone;
use lines::Lines;
use open::Address;
use queue::Queue;
pub(crate) use session::Session;
pub(super) use value::value;

/// Threads, each of which connects when it has something to do first.
const THREADS: usize = 8;

/// Something to do on a connection.
type Job = Box<dyn FnOnce(&Session) + Send>;

/// A PostgreSQL database of a running service.
pub(crate) struct Postgres {
    queue: Arc<Queue>,
    lines: Lines,
    threads: Mutex<Vec<JoinHandle<()>>>,
    /// Whether writes are thrown away: a seeded fault.
    loses: bool,
}

impl Postgres {
    /// Connects, makes the tables where they are not there, and starts the threads.
    pub(super) fn open(url: &str, options: &RunOptions) -> Result<Self, StartError> {
        let address = Arc::new(Address::read(url)?);
        let first = open::prepare(&address, options)?;
        let queue = Arc::new(Queue::default());
        let mut threads = Vec::with_capacity(THREADS);
        let mut session = Some(first);
        for number in 0..THREADS {
            let (queue, address, session) =
                (Arc::clone(&queue), Arc::clone(&address), session.take());
            let builder = thread::Builder::new().name(format!("groundplan-pg-{number}"));
            threads.push(builder.spawn(move || work_off(&queue, &address, session))?);
        }
        let loses = options.fault == Some(Fault::LostWrite);
        Ok(Self { queue, lines: Lines::new(address), threads: Mutex::new(threads), loses })
    }

    /// For one statement that is whole by itself; `None` where it needs more than that.
    pub(super) fn alone(&self, stamp: Option<Stamp>) -> Option<Alone<'_>> {
        (!self.loses).then(|| Alone::new(&self.lines, stamp))
    }

    /// Runs `work` outside of a transaction.
    pub(super) fn read<T: Send + 'static>(&self, work: impl Work<T>) -> Pending<'_, T> {
        self.hand_on(move |session| run(session, work))
    }

    pub(super) fn write<T: Send + 'static>(
        &self,
        stamp: Option<Stamp>,
        steps: Steps,
        work: impl Work<T>,
    ) -> Pending<'_, T> {
        let loses = self.loses;
        self.hand_on(move |session| {
            if steps != Steps::One || loses || stamp.is_some() {
                session.begin(stamp);
            }
            let outcome = run(session, work);
            let committed = session.end(outcome.is_ok() && !loses);
            let lost = outcome.is_ok() && !committed && !loses;
            if lost { Err(Refused::unavailable()) } else { outcome }
        })
    }

    pub(super) fn try_out<'s>(
        &self,
        statements: impl Iterator<Item = &'s str>,
    ) -> Result<(), StartError> {
        let statements: Vec<String> = statements.map(str::to_owned).collect();
        self.settle(move |session| statements.iter().try_for_each(|sql| session.try_out(sql)))
    }

    /// Records writes to these tables from now on. Replicas of one document find it done.
    pub(super) fn watch(&self, tables: &[Watched]) -> Result<(), StartError> {
        let (sql, count) = (audit::postgres::watch(tables), tables.len());
        self.settle(move |session| session.watch(&sql, count))
    }

    /// Does something on one of the threads before the first request, and waits for it.
    fn settle(
        &self,
        work: impl FnOnce(&Session) -> Result<(), String> + Send + 'static,
    ) -> Result<(), StartError> {
        let (reply, answer) = std::sync::mpsc::channel();
        self.queue.push(Box::new(move |session: &Session| {
            let _ = reply.send(work(session));
        }));
        let gone = || Err("the database went away".to_owned());
        let settled = answer.recv().unwrap_or_else(|_| gone());
        settled.map_err(|reason| StartError::Schema { reason })
    }

    pub(super) async fn is_ready(&self) -> bool {
        self.hand_on(|session| Ok(session.is_alive())).await.unwrap_or(false)
    }

    /// How many pieces of work wait, and how many connections there are at most.
    pub(super) fn load(&self) -> (usize, usize) {
        (self.queue.len() + self.lines.waiting(), THREADS + lines::CONNECTIONS)
    }

    /// Finishes what is queued and ends the threads.
    pub(super) fn close(&self) {
        self.lines.close();
        self.queue.close();
        let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        for thread in threads.drain(..) {
            let _ = thread.join();
        }
    }

    /// Does `work` on one of the threads. Without a connection there the work is dropped, and its
    /// caller hears that the database is gone.
    fn hand_on<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Session) -> Result<T, Refused> + Send + 'static,
    ) -> Pending<'_, T> {
        let (reply, pending) = Pending::new(None);
        self.queue.push(Box::new(move |session: &Session| {
            let _ = reply.send(work(session));
        }));
        pending
    }
}

/// Runs `work`; a panic in it must not end the thread.
fn run<T>(session: &Session, work: impl Work<T>) -> Result<T, Refused> {
    let work = AssertUnwindSafe(|| work(&Db::Postgres(session)));
    catch_unwind(work).unwrap_or_else(|_| Err(Refused::unavailable()))
}

fn work_off(queue: &Queue, address: &Address, mut session: Option<Session>) {
    while let Some(job) = queue.next() {
        session = session.filter(Session::is_open);
        if session.is_none() {
            session = address.connect_again();
        }
        if let Some(session) = &session {
            job(session);
        }
    }
}

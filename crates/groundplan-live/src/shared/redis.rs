//! A server that may go away: nobody waits long for it, and it is tried again each second.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use super::address::Address;
use super::line::Line;
use super::resp::Reply;

/// How long to wait for a connection, which no request does.
const CONNECT: Duration = Duration::from_secs(1);

/// How long to wait between two attempts.
const PAUSE: Duration = Duration::from_secs(1);

/// Late replies in a row that make it gone.
const LATE: u32 = 3;

/// How long a mark outlives its last change, in seconds.
pub(crate) const MARK_S: &[u8] = b"86400";

/// A server, whether it answers just now or not.
pub(crate) struct Redis {
    address: Address,
    /// How long a request waits for it at most.
    patience: Duration,
    line: ArcSwapOption<Line>,
    late: AtomicU32,
    /// Wakes the one who connects.
    lost: Notify,
    told: AtomicBool,
    errors: AtomicU64,
    /// Marks that could not be changed: nothing may be read before they are.
    overdue: Mutex<BTreeSet<String>>,
}

impl Redis {
    /// Connects, and goes on connecting as long as the value lives. Answers after the first attempt.
    pub(crate) async fn start(address: Address, patience: Duration) -> Arc<Self> {
        let redis = Arc::new(Self {
            address,
            patience,
            line: ArcSwapOption::empty(),
            late: AtomicU32::new(0),
            lost: Notify::new(),
            told: AtomicBool::new(false),
            errors: AtomicU64::new(0),
            overdue: Mutex::default(),
        });
        redis.connect().await;
        tokio::spawn(keep(Arc::downgrade(&redis)));
        redis
    }

    /// Whether it answers.
    pub(crate) fn is_up(&self) -> bool {
        self.line.load().is_some()
    }

    /// Requests that had to do without it.
    pub(crate) fn errors(&self) -> u64 {
        self.errors.load(Ordering::Relaxed)
    }

    /// Its reply; `None` where there is none in time.
    pub(crate) async fn ask(&self, command: &[&[u8]]) -> Option<Reply> {
        let reply = match self.line.load_full().filter(|_| self.overdue().is_empty()) {
            Some(line) => self.ask_on(&line, command).await,
            None => None,
        };
        if reply.is_none() {
            self.errors.fetch_add(1, Ordering::Relaxed);
        }
        reply
    }

    async fn ask_on(&self, line: &Arc<Line>, command: &[&[u8]]) -> Option<Reply> {
        match timeout(self.patience, line.ask(command)).await {
            Ok(Some(Reply::Error(reason))) => self.lose(line, &reason),
            Ok(Some(reply)) => {
                self.late.store(0, Ordering::Relaxed);
                return Some(reply);
            }
            Ok(None) => self.lose(line, "the connection was closed"),
            // One late reply may be our own machine's fault.
            Err(_) if self.late.fetch_add(1, Ordering::Relaxed) + 1 < LATE => {}
            Err(_) => self.lose(line, "it answers too late"),
        }
        None
    }

    /// Gives `mark` a value that it never had. Where that fails now, it is done before anything is
    /// read again.
    pub(crate) async fn renew(&self, mark: &str) {
        if let Some(line) = self.line.load_full()
            && matches!(timeout(self.patience, set_mark(&line, mark)).await, Ok(true))
        {
            return;
        }
        self.errors.fetch_add(1, Ordering::Relaxed);
        self.overdue().insert(mark.to_owned());
        self.lost.notify_one();
    }

    fn overdue(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.overdue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lose(&self, line: &Arc<Line>, reason: &str) {
        let was = self.line.compare_and_swap(line, None);
        if was.as_ref().is_some_and(|was| Arc::ptr_eq(was, line)) {
            self.tell(reason);
            self.lost.notify_one();
        }
    }

    /// Says once that it is gone.
    fn tell(&self, reason: &str) {
        if !self.told.swap(true, Ordering::Relaxed) {
            let cache = self.address.shown();
            tracing::warn!(cache, reason, "the cache does not answer; the service goes on without");
        }
    }

    async fn connect(&self) {
        let line = match timeout(CONNECT, Line::open(&self.address)).await {
            Ok(Ok(line)) => line,
            Ok(Err(error)) => return self.tell(&error.to_string()),
            Err(_) => return self.tell("no connection in time"),
        };
        if !self.catch_up(&line).await {
            return self.tell("it answers too late");
        }
        self.late.store(0, Ordering::Relaxed);
        self.line.store(Some(Arc::new(line)));
        if self.told.swap(false, Ordering::Relaxed) {
            tracing::info!(cache = self.address.shown(), "the cache answers again");
        }
    }

    /// Does what is overdue; whether that went well.
    async fn catch_up(&self, line: &Line) -> bool {
        loop {
            let Some(mark) = self.overdue().first().cloned() else { return true };
            if !matches!(timeout(CONNECT, set_mark(line, &mark)).await, Ok(true)) {
                return false;
            }
            self.overdue().remove(&mark);
        }
    }

    /// What there is to do in the background: waits for it, and does it.
    async fn look_after(&self) {
        if timeout(PAUSE, self.lost.notified()).await.is_err() && self.is_up() {
            return;
        }
        match self.line.load_full() {
            Some(line) if self.catch_up(&line).await => {}
            Some(line) => self.lose(&line, "it answers too late"),
            None => {
                sleep(PAUSE).await;
                self.connect().await;
            }
        }
    }
}

async fn set_mark(line: &Line, mark: &str) -> bool {
    let value = fresh_mark();
    let reply = line.ask(&[b"SET", mark.as_bytes(), value.as_bytes(), b"EX", MARK_S]).await;
    matches!(reply, Some(Reply::Bytes(_)))
}

/// A value that no mark ever had.
pub(crate) fn fresh_mark() -> String {
    Uuid::now_v7().simple().to_string()
}

async fn keep(redis: Weak<Redis>) {
    while let Some(redis) = redis.upgrade() {
        redis.look_after().await;
    }
}

//! Answers in this process: as many as fit, those that nobody asks for go first.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Wanted;
use super::kept::Kept;

#[cfg(test)]
mod tests;

/// Marks at most: with more callers all is forgotten, and begins anew.
const MARKS: usize = 100_000;

/// What an entry takes besides its answer.
const OVERHEAD: usize = 256;

/// The values of an answer's marks when it was read.
pub(super) type Marks = [String; 2];

/// Answers in memory.
pub(super) struct Local {
    limit_bytes: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    entries: HashMap<Arc<str>, Entry>,
    /// Keys by age: the clock of Corbató's second chance.
    order: VecDeque<Arc<str>>,
    bytes: usize,
    marks: HashMap<String, u64>,
    /// A value that no mark ever had.
    next: u64,
}

struct Entry {
    marks: Marks,
    kept: Kept,
    expires: Instant,
    /// Whether it was asked for since the clock came by.
    used: bool,
}

impl Local {
    pub(super) fn new(limit_bytes: usize) -> Self {
        Self { limit_bytes, state: Mutex::default() }
    }

    /// The answer that is wanted, and the values of its marks now.
    pub(super) fn find(&self, wanted: &Wanted) -> (Option<Marks>, Option<Kept>) {
        let mut state = self.lock();
        let marks = wanted.marks.each_ref().map(|mark| state.value(mark).to_string());
        let kept = state.entries.get_mut(wanted.key.as_str()).and_then(|entry| {
            let holds = entry.marks == marks && entry.expires > Instant::now();
            entry.used = holds;
            holds.then(|| entry.kept.clone())
        });
        (Some(marks), kept)
    }

    pub(super) fn keep(&self, key: String, marks: Marks, kept: Kept, ttl: Duration) {
        let Some(expires) = Instant::now().checked_add(ttl) else { return };
        let key: Arc<str> = key.into();
        let entry = Entry { marks, kept, expires, used: false };
        let mut state = self.lock();
        state.bytes += size(&key, &entry);
        match state.entries.insert(Arc::clone(&key), entry) {
            Some(before) => state.bytes -= size(&key, &before),
            None => state.order.push_back(key),
        }
        state.shrink(self.limit_bytes);
    }

    /// Ends what depends on `mark`.
    pub(super) fn renew(&self, mark: &str) {
        let mut state = self.lock();
        if state.marks.contains_key(mark) {
            state.next += 1;
            let next = state.next;
            state.marks.insert(mark.to_owned(), next);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The value of a mark. One that was forgotten gets a value that it never had.
    fn value(&mut self, mark: &str) -> u64 {
        if let Some(value) = self.marks.get(mark) {
            return *value;
        }
        if self.marks.len() >= MARKS {
            let next = self.next;
            *self = Self { next, ..Self::default() };
        }
        self.next += 1;
        self.marks.insert(mark.to_owned(), self.next);
        self.next
    }

    fn shrink(&mut self, limit_bytes: usize) {
        while self.bytes > limit_bytes {
            let Some(key) = self.order.pop_front() else { return };
            let now = Instant::now();
            match self.entries.get_mut(&key) {
                Some(entry) if entry.used && entry.expires > now => {
                    entry.used = false;
                    self.order.push_back(key);
                }
                Some(_) => {
                    let gone = self.entries.remove(&key);
                    self.bytes -= gone.map_or(0, |entry| size(&key, &entry));
                }
                None => {}
            }
        }
    }
}

fn size(key: &str, entry: &Entry) -> usize {
    key.len() * 2 + entry.kept.bytes() + OVERHEAD
}

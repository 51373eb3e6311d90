//! A few connections, one a thread as long as there are enough.

use std::cell::Cell;
use std::sync::TryLockError;
use std::sync::atomic::{AtomicUsize, Ordering};

use rusqlite::Connection;

use super::{Shared, lock};

/// Connections to read from; never empty.
pub(super) struct Readers {
    first: Shared,
    others: Vec<Shared>,
}

impl Readers {
    pub(super) fn new((first, others): (Shared, Vec<Shared>)) -> Self {
        Self { first, others }
    }

    /// Runs `work` on this thread's connection, or on a free one where that is taken.
    pub(super) fn read<T>(&self, work: impl FnOnce(&Connection) -> T) -> T {
        let count = self.count();
        let own = thread_number() % count;
        for step in 0..count {
            match self.at((own + step) % count).try_lock() {
                Ok(connection) => return work(&connection),
                Err(TryLockError::Poisoned(poisoned)) => {
                    return work(&poisoned.into_inner());
                }
                Err(TryLockError::WouldBlock) => {}
            }
        }
        work(&lock(self.at(own)))
    }

    /// How many connections there are.
    pub(super) fn count(&self) -> usize {
        self.others.len() + 1
    }

    fn at(&self, index: usize) -> &Shared {
        index.checked_sub(1).and_then(|index| self.others.get(index)).unwrap_or(&self.first)
    }
}

/// A number of the current thread, counted from 0.
fn thread_number() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    thread_local! { static NUMBER: Cell<Option<usize>> = const { Cell::new(None) } }
    NUMBER.with(|number| {
        let own = number.get().unwrap_or_else(|| NEXT.fetch_add(1, Ordering::Relaxed));
        number.set(Some(own));
        own
    })
}

//! Work that is done in parallel and whose results are taken in order, each as soon as it is due.
//!
//! Threads take items from the front, so few results wait for others, and their memory is used again
//! while it is still near the processor.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Makes of each item what `make` makes, and hands it to `take`; ends early where that fails.
pub(crate) fn in_order<I: Sync, T: Send, E: Send>(
    items: &[I],
    make: impl Fn(&I) -> T + Sync,
    take: impl FnMut(T) -> Result<(), E> + Send,
) -> Result<(), E> {
    let next = AtomicUsize::new(0);
    let queue = Mutex::new(Queue { due: 0, early: BTreeMap::new(), outcome: Ok(()), take });
    rayon::broadcast(|_| {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { break };
            let made = make(item);
            let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
            queue.add(at, made);
            if queue.outcome.is_err() {
                break;
            }
        }
    });
    queue.into_inner().unwrap_or_else(PoisonError::into_inner).outcome
}

/// Results on their way to `take`.
struct Queue<T, E, F> {
    /// The one that is taken next.
    due: usize,
    /// Those that were made before it.
    early: BTreeMap<usize, T>,
    outcome: Result<(), E>,
    take: F,
}

impl<T, E, F: FnMut(T) -> Result<(), E>> Queue<T, E, F> {
    fn add(&mut self, at: usize, made: T) {
        self.early.insert(at, made);
        while self.outcome.is_ok()
            && let Some(made) = self.early.remove(&self.due)
        {
            self.due += 1;
            self.outcome = (self.take)(made);
        }
    }
}

#[cfg(test)]
mod tests;

//! Documents that are read while others are still looked for.
//!
//! Looking through folders is work for one thread. Until it ends, another one reads what was found.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use crate::disk::Place;

/// What `find` finds, and what `make` could make of the first places that it told of, by their names.
pub(super) fn meanwhile<F: Send, T: Send>(
    find: impl FnOnce(&mut dyn FnMut(&Place)) -> F + Send,
    make: impl Fn(&Place) -> Option<T> + Sync,
) -> (F, HashMap<String, T>) {
    let (teller, told) = mpsc::channel();
    let is_over = AtomicBool::new(false);
    let find = || {
        // Nobody listens any more only where the other thread panics.
        let found = find(&mut |place| drop(teller.send(place.clone())));
        is_over.store(true, Ordering::Relaxed);
        drop(teller);
        found
    };
    let make = || {
        let due = told.into_iter().take_while(|_| !is_over.load(Ordering::Relaxed));
        due.filter_map(|place: Place| make(&place).map(|made| (place.name, made))).collect()
    };
    rayon::join(find, make)
}

#[cfg(test)]
mod tests;

//! The database as one request sees it: its first write takes the request's idempotency key along,
//! and all of them are recorded as its own.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::idempotency::Entry;
use crate::queue::Claim;
use crate::refused::Refused;
use crate::store::audit::Origin;
use crate::store::{Alone, Db, Pending, Steps, Store, Work};

/// What belongs into the transaction of a request's first write.
pub(crate) enum Along {
    /// The request's idempotency key.
    Key(Entry),
    /// That the job is done that the request is.
    Job(Claim),
}

impl Along {
    fn take(&self, db: &Db<'_>) -> Result<(), Refused> {
        match self {
            Self::Key(entry) => entry.claim(db),
            Self::Job(claim) => claim.finish(db),
        }
    }
}

/// The database as one request sees it.
#[derive(Clone)]
pub(crate) struct Rows<'a> {
    store: &'a Store,
    /// What the first write takes along, until one has.
    along: Option<Arc<Mutex<Option<Along>>>>,
    /// Where writes are only tried: told that one would have worked.
    trial: Option<Arc<AtomicBool>>,
    /// Who asks, where writes are recorded.
    origin: Option<Arc<Origin>>,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(store: &'a Store, along: Option<Along>, origin: Option<Origin>) -> Self {
        let along = along.map(|along| Arc::new(Mutex::new(Some(along))));
        Self { store, along, trial: None, origin: origin.map(Arc::new) }
    }

    /// The same rows, on which every write is undone and refused; and whether one would have worked.
    pub(crate) fn trial(&self) -> (Self, Arc<AtomicBool>) {
        let has_worked = Arc::new(AtomicBool::new(false));
        let trial = Some(Arc::clone(&has_worked));
        (Self { along: None, trial, ..self.clone() }, has_worked)
    }

    /// The database without the key: for sessions, which are no rows of the document.
    pub(crate) fn plain(&self) -> &'a Store {
        self.store
    }

    /// As [`Store::alone`]; `None` also where something goes along.
    pub(crate) fn alone(&self) -> Option<Alone<'a>> {
        if self.along.is_some() || self.trial.is_some() {
            return None;
        }
        self.store.alone(|| self.origin.as_ref().map(|it| it.stamp()))
    }

    /// As [`Store::read`].
    pub(crate) fn read<T: Send + 'static>(&self, work: impl Work<T>) -> Pending<'a, T> {
        self.store.read(work)
    }

    /// As [`Store::read_slowly`].
    pub(crate) fn read_slowly<T: Send + 'static>(&self, work: impl Work<T>) -> Pending<'a, T> {
        self.store.read_slowly(work)
    }

    /// As [`Store::write`].
    pub(crate) fn write<T: Send + 'static>(
        &self,
        steps: Steps,
        work: impl Work<T>,
    ) -> Pending<'a, T> {
        let stamp = self.origin.as_ref().map(|it| it.stamp());
        if let Some(has_worked) = self.trial.clone() {
            let tried = move |db: &Db<'_>| {
                work(db)?;
                has_worked.store(true, Ordering::Release);
                Err(Refused::unavailable())
            };
            return self.store.write_for(stamp, Steps::Several, tried);
        }
        let along = self.along.as_ref();
        let along = along.and_then(|it| it.lock().unwrap_or_else(PoisonError::into_inner).take());
        let Some(along) = along else { return self.store.write_for(stamp, steps, work) };
        let keyed = move |db: &Db<'_>| {
            along.take(db)?;
            work(db)
        };
        self.store.write_for(stamp, Steps::Several, keyed)
    }
}

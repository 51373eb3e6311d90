//! The database as one request sees it: its first write takes the request's idempotency key along.

use std::sync::{Arc, Mutex, PoisonError};

use crate::idempotency::Entry;
use crate::refused::Refused;
use crate::store::{Db, Steps, Store, Work};

/// The database as one request sees it.
#[derive(Clone)]
pub(crate) struct Rows<'a> {
    store: &'a Store,
    /// The key, until a write has taken it along; `None` for requests without one.
    entry: Option<Arc<Mutex<Option<Entry>>>>,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(store: &'a Store, entry: Option<Entry>) -> Self {
        Self { store, entry: entry.map(|entry| Arc::new(Mutex::new(Some(entry)))) }
    }

    /// The database without the key: for sessions, which are no rows of the document.
    pub(crate) fn plain(&self) -> &'a Store {
        self.store
    }

    /// As [`Store::read`].
    pub(crate) async fn read<T: Send + 'static>(&self, work: impl Work<T>) -> Result<T, Refused> {
        self.store.read(work).await
    }

    /// As [`Store::read_slowly`].
    pub(crate) async fn read_slowly<T: Send + 'static>(
        &self,
        work: impl Work<T>,
    ) -> Result<T, Refused> {
        self.store.read_slowly(work).await
    }

    /// As [`Store::write`].
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        steps: Steps,
        work: impl Work<T>,
    ) -> Result<T, Refused> {
        let key = self.entry.as_ref();
        let entry = key.and_then(|it| it.lock().unwrap_or_else(PoisonError::into_inner).take());
        let Some(entry) = entry else { return self.store.write(steps, work).await };
        let keyed = move |db: &Db<'_>| {
            entry.claim(db)?;
            work(db)
        };
        self.store.write(Steps::Several, keyed).await
    }
}

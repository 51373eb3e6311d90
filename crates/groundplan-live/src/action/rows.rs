//! The database as one request sees it: its first write takes the request's idempotency key along,
//! and all of them are recorded as its own.

use std::sync::{Arc, Mutex, PoisonError};

use crate::idempotency::Entry;
use crate::refused::Refused;
use crate::store::audit::Origin;
use crate::store::{Db, Steps, Store, Work};

/// The database as one request sees it.
#[derive(Clone)]
pub(crate) struct Rows<'a> {
    store: &'a Store,
    /// The key, until a write has taken it along; `None` for requests without one.
    entry: Option<Arc<Mutex<Option<Entry>>>>,
    /// Who asks, where writes are recorded.
    origin: Option<Arc<Origin>>,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(store: &'a Store, entry: Option<Entry>, origin: Option<Origin>) -> Self {
        let entry = entry.map(|entry| Arc::new(Mutex::new(Some(entry))));
        Self { store, entry, origin: origin.map(Arc::new) }
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
        let stamp = self.origin.as_ref().map(|it| it.stamp());
        let Some(entry) = entry else { return self.store.write_for(stamp, steps, work).await };
        let keyed = move |db: &Db<'_>| {
            entry.claim(db)?;
            work(db)
        };
        self.store.write_for(stamp, Steps::Several, keyed).await
    }
}

//! `Idempotency-Key`: a write that is asked for twice is done once (draft-ietf-httpapi-
//! idempotency-key-header).
//!
//! The key is written in the transaction of the write itself: either both are there or neither, also
//! after a crash. The answer is kept beside it and given again to whoever asks again, here or at
//! another replica of the same database. A refused write leaves no key: it may be mended and sent
//! again.

mod kept;

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use groundplan_model::service::Refusal;
use http::request::Parts;
use http::{HeaderName, HeaderValue, Method};
use jiff::Timestamp;
use tokio::sync::OnceCell;
use xxhash_rust::xxh3::xxh3_128;

use crate::answer::Response;
use crate::caller::Caller;
use crate::refused::Refused;
use crate::store::{Db, Head, Steps, Store};

use kept::Kept;

#[cfg(test)]
mod tests;

static KEY: HeaderName = HeaderName::from_static("idempotency-key");
static REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// Longer keys are refused: they are kept for a day.
const LONGEST: usize = 255;

/// The keys of a service.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    /// Those whose first request this process is working on.
    running: Mutex<HashSet<(Arc<str>, String)>>,
    /// Done when the table is there.
    table: OnceCell<()>,
}

/// A key, whose it is, and what was asked for with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) caller: Arc<str>,
    pub(crate) name: String,
    /// Of method, address and body.
    pub(crate) fingerprint: String,
}

/// What a request with a key comes to.
pub(crate) enum Begun<'k> {
    /// It is the first one.
    First(Claim<'k>),
    /// It was answered like this.
    Again(Response),
}

/// The first request with a key, until its end.
pub(crate) struct Claim<'k> {
    keys: &'k Keys,
    entry: Entry,
}

impl Entry {
    /// The key of a request; `None` where it has none, or needs none: other methods may be repeated
    /// anyway.
    pub(crate) fn of(parts: &Parts, caller: &Caller, body: &[u8]) -> Result<Option<Self>, Refused> {
        if parts.method != Method::POST && parts.method != Method::PATCH {
            return Ok(None);
        }
        let Some(value) = parts.headers.get(&KEY) else { return Ok(None) };
        let name = value.to_str().ok().and_then(key).ok_or_else(malformed)?.to_owned();
        let mut asked = format!("{} {}\n", parts.method, parts.uri).into_bytes();
        asked.extend_from_slice(body);
        let fingerprint = format!("{:032x}", xxh3_128(&asked));
        let tenant = caller.tenant.as_deref().unwrap_or_default();
        let caller = match tenant {
            "" => Arc::clone(&caller.subject),
            tenant => format!("{}\n{tenant}", caller.subject).into(),
        };
        Ok(Some(Self { caller, name, fingerprint }))
    }

    /// Writes the key in the transaction of its request's own write.
    pub(crate) fn claim(&self, db: &Db<'_>) -> Result<(), Refused> {
        let nobody = Caller::named("");
        let head = Head::of(&nobody);
        kept::forget(db, &head)?;
        match kept::insert(db, &head, self)? {
            0 => Err(running()),
            _ => Ok(()),
        }
    }
}

impl Keys {
    /// Looks whether a request is the first one with its key.
    pub(crate) async fn begin(&self, store: &Store, entry: Entry) -> Result<Begun<'_>, Refused> {
        self.table.get_or_try_init(|| store.write(Steps::Several, kept::make)).await?;
        let claim = self.claim(entry)?;
        let wanted = claim.entry.clone();
        let known = store.read(move |db: &Db<'_>| kept::find(db, &wanted)).await?;
        match known {
            None => Ok(Begun::First(claim)),
            Some(kept) => kept.answer(&claim.entry).map(Begun::Again),
        }
    }

    /// Drops all keys: the rows that were made with them are gone.
    pub(crate) async fn forget_all(&self, store: &Store) -> Result<(), Refused> {
        match self.table.get() {
            Some(()) => store.write(Steps::One, kept::forget_all).await,
            None => {
                store.write(Steps::Several, kept::make).await?;
                store.write(Steps::One, kept::forget_all).await
            }
        }
    }

    fn claim(&self, entry: Entry) -> Result<Claim<'_>, Refused> {
        let mut all = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if all.insert((Arc::clone(&entry.caller), entry.name.clone())) {
            return Ok(Claim { keys: self, entry });
        }
        Err(running())
    }
}

impl Claim<'_> {
    pub(crate) fn entry(&self) -> Entry {
        self.entry.clone()
    }

    /// Keeps the answer for those who ask again. The write is done and stays, whatever comes of
    /// this: then who asks again hears that it was done.
    pub(crate) async fn finish(self, store: &Store, response: Response) -> Response {
        let (kept, response) = Kept::of(&self.entry, response);
        let Some(kept) = kept else { return response };
        let entry = self.entry.clone();
        let keeping = move |db: &Db<'_>| kept::finish(db, &entry, &kept);
        if store.write(Steps::Several, keeping).await.is_err() {
            tracing::warn!("the answer to a request with an idempotency key was not kept");
        }
        response
    }
}

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        let mut all = self.keys.running.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(&(Arc::clone(&self.entry.caller), self.entry.name.clone()));
    }
}

/// A structured string, `"8e03978e"`, or what stands there without quotes.
fn key(text: &str) -> Option<&str> {
    let text = text.trim();
    let inner = match text.strip_prefix('"') {
        Some(rest) => rest.strip_suffix('"')?,
        None => text,
    };
    let is_visible = inner.bytes().all(|it| it.is_ascii_graphic() && it != b'"');
    (!inner.is_empty() && inner.len() <= LONGEST && is_visible).then_some(inner)
}

fn malformed() -> Refused {
    let message =
        "`Idempotency-Key` is at most 255 visible ASCII characters, such as a UUID in quotes";
    Refused::new(Refusal::InvalidParameter, message)
}

fn running() -> Refused {
    let message = "the first request with this idempotency key is still running; ask again shortly";
    Refused { retry_after_s: Some(1), ..Refused::new(Refusal::KeyRunning, message) }
}

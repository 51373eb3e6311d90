//! Answers that are kept for a while, where the document says so (rule D7).
//!
//! An answer is its caller's alone: the key names route, path, query and caller. It holds as long as
//! the marks of its rows are what they were when it was read, and a write gives them new values
//! before it is answered. So a read that begins after a write was answered never shows what was
//! before, whichever replica is asked.

mod kept;
mod local;
mod remote;
mod rules;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use groundplan_model::service::{Refusal, ServicePlan};
use http::header::{
    CACHE_CONTROL, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_UNMODIFIED_SINCE,
};
use http::request::Parts;
use http::{HeaderName, HeaderValue, Method};

use crate::action::{Action, Call};
use crate::answer::Response;
use crate::observe::metrics::{Kind, Metric};
use crate::refused::Refused;
use crate::shared::Redis;

use kept::Kept;
use local::Local;
use remote::Remote;
pub(crate) use rules::Rule;

static X_CACHE: HeaderName = HeaderName::from_static("x-cache");
static HIT: HeaderValue = HeaderValue::from_static("HIT");
static MISS: HeaderValue = HeaderValue::from_static("MISS");

/// Clients keep a copy at most to ask whether it still holds: a write reaches us, and not them.
static OURS_ALONE: HeaderValue = HeaderValue::from_static("private, no-cache");

/// A longer key is not worth its room.
const KEY_BYTES: usize = 2048;

/// A larger answer is not kept.
const ANSWER_BYTES: usize = 1024 * 1024;

/// The kept answers of a service.
pub(crate) struct Cache {
    place: Place,
    /// The marks of everything that is kept.
    marks: Vec<String>,
    hits: AtomicU64,
    misses: AtomicU64,
}

/// Where answers are kept.
enum Place {
    /// Nowhere: other processes may write, and nothing tells us.
    Nowhere,
    Local(Local),
    Remote(Remote),
}

/// What an answer is found by, and what it depends on.
struct Wanted {
    key: String,
    /// The caller's rows, and everybody's.
    marks: [String; 2],
}

impl Cache {
    /// Nothing is kept, and answers say so.
    pub(crate) fn nowhere(plan: &ServicePlan) -> Self {
        Self::at(plan, Place::Nowhere)
    }

    /// In this process, up to so many bytes.
    pub(crate) fn local(plan: &ServicePlan, limit_bytes: usize) -> Self {
        Self::at(plan, Place::Local(Local::new(limit_bytes)))
    }

    /// On a server, beside what other services keep there.
    pub(crate) fn remote(plan: &ServicePlan, redis: Arc<Redis>) -> Self {
        Self::at(plan, Place::Remote(Remote::new(plan, redis)))
    }

    fn at(plan: &ServicePlan, place: Place) -> Self {
        let marks = rules::all_marks(plan);
        Self { place, marks, hits: AtomicU64::new(0), misses: AtomicU64::new(0) }
    }

    /// Ends everything: rows were changed by something else than a request.
    pub(crate) async fn forget(&self) {
        for mark in &self.marks {
            self.renew(mark).await;
        }
    }

    /// Answers `call` by `action`, or with what was kept; a write ends what it makes untrue.
    pub(crate) async fn around(
        &self,
        rule: &Rule,
        action: &Action,
        call: Call<'_>,
    ) -> Option<Result<Response, Refused>> {
        match rule.ttl {
            Some(_) if is_plain(call.parts) => self.read(rule, action, call).await,
            None if !call.parts.method.is_safe() => self.write(rule, action, call).await,
            _ => action.run(call).await,
        }
    }

    async fn read(
        &self,
        rule: &Rule,
        action: &Action,
        call: Call<'_>,
    ) -> Option<Result<Response, Refused>> {
        let (Some(wanted), Some(ttl)) = (Wanted::of(rule, &call), rule.ttl) else {
            return action.run(call).await;
        };
        let (marks, kept) = match &self.place {
            Place::Nowhere => (None, None),
            Place::Local(local) => local.find(&wanted),
            Place::Remote(remote) => Box::pin(remote.find(&wanted)).await,
        };
        if let Some(kept) = kept {
            self.hits.fetch_add(1, Ordering::Relaxed);
            return Some(Ok(said(kept.answer(), &HIT)));
        }
        self.misses.fetch_add(1, Ordering::Relaxed);
        let mut answered = action.run(call).await?;
        if let (Ok(response), Some(marks)) = (&mut answered, marks)
            && let Some(kept) = Kept::of(response, ANSWER_BYTES)
        {
            match &self.place {
                Place::Nowhere => {}
                Place::Local(local) => local.keep(wanted.key, marks, kept, ttl),
                Place::Remote(remote) => {
                    Box::pin(remote.keep(&wanted.key, &marks, &kept, ttl)).await;
                }
            }
        }
        Some(answered.map(|response| said(response, &MISS)))
    }

    async fn write(
        &self,
        rule: &Rule,
        action: &Action,
        call: Call<'_>,
    ) -> Option<Result<Response, Refused>> {
        // With roles or a tenant a caller may change what is not his own.
        let is_plain = call.caller.roles.is_empty() && call.caller.tenant.is_none();
        let whose = (rule.own_rows && is_plain).then_some(&*call.caller.subject);
        let mark = rule.mark(whose);
        let answered = action.run(call).await?;
        // Whether a write that went wrong on the way was done is not known.
        let changed = answered.as_ref().err().is_none_or(|it| it.refusal == Refusal::Unavailable);
        match changed {
            true if rule.group.is_none() => Box::pin(self.forget()).await,
            true => Box::pin(self.renew(&mark)).await,
            false => {}
        }
        Some(answered)
    }

    async fn renew(&self, mark: &str) {
        match &self.place {
            Place::Nowhere => {}
            Place::Local(local) => local.renew(mark),
            Place::Remote(remote) => remote.renew(mark).await,
        }
    }

    pub(crate) fn metrics(&self) -> Vec<Metric> {
        let counter = |name, help, value: &AtomicU64| Metric {
            name,
            help,
            kind: Kind::Counter,
            value: f64::from(u32::try_from(value.load(Ordering::Relaxed)).unwrap_or(u32::MAX)),
        };
        vec![
            counter(
                "groundplan_cache_hits_total",
                "Reads that were answered by a copy.",
                &self.hits,
            ),
            counter("groundplan_cache_misses_total", "Reads that needed rows.", &self.misses),
        ]
    }
}

/// Whether a request wants the whole answer, as everybody gets it.
fn is_plain(parts: &Parts) -> bool {
    let special = [IF_MATCH, IF_NONE_MATCH, IF_MODIFIED_SINCE, IF_UNMODIFIED_SINCE];
    let prefers = HeaderName::from_static("prefer");
    let fresh = parts.headers.get(CACHE_CONTROL).and_then(|it| it.to_str().ok());
    parts.method == Method::GET
        && !special.iter().chain([&prefers]).any(|name| parts.headers.contains_key(name))
        && !fresh.is_some_and(|it| it.contains("no-cache") || it.contains("no-store"))
}

/// `response` as it tells whether it was kept.
fn said(mut response: Response, hit: &HeaderValue) -> Response {
    let headers = response.headers_mut();
    headers.insert(X_CACHE.clone(), hit.clone());
    headers.entry(CACHE_CONTROL).or_insert_with(|| OURS_ALONE.clone());
    response
}

impl Wanted {
    /// `None` for a request whose key would be too long.
    fn of(rule: &Rule, call: &Call<'_>) -> Option<Self> {
        let caller = &call.caller;
        let mut key = format!("{} {}", rule.route, call.parts.uri);
        // Lengths keep a name with the other's letters in it apart.
        let mut add = |kind: char, text: &str| {
            key.push_str(&format!(" {kind}{}:{text}", text.len()));
        };
        add('s', &caller.subject);
        caller.tenant.iter().for_each(|tenant| add('t', tenant));
        caller.roles.iter().for_each(|role| add('r', role));
        let marks = [rule.mark(Some(&caller.subject)), rule.mark(None)];
        (key.len() <= KEY_BYTES).then_some(Self { key, marks })
    }
}

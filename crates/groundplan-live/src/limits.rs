//! How many requests a caller may make: a count for each caller, in windows of fixed length.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use groundplan_model::service::{RateLimit, Refusal};
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::refused::Refused;

#[cfg(test)]
mod tests;
mod together;

pub(crate) use together::Together;

/// Callers that are counted before windows that have ended are swept out.
const SWEEP: usize = 4096;

static RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
static POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Counts requests by caller.
pub(crate) struct Limiter {
    count: u64,
    window_s: u64,
    policy: HeaderValue,
    windows: Mutex<Windows>,
}

#[derive(Default)]
struct Windows {
    by_caller: HashMap<Arc<str>, Window>,
    sweep_at: usize,
}

struct Window {
    began: Instant,
    used: u64,
}

/// What a caller has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Left {
    pub(crate) requests: u64,
    /// Seconds until the count begins again, at least one.
    pub(crate) reset_s: u64,
    /// Whether this request was within the limit.
    pub(crate) allowed: bool,
}

impl Limiter {
    pub(crate) fn new(limit: &RateLimit) -> Self {
        let (count, window_s) = (limit.count, limit.window_s.max(1));
        let policy = format!("\"default\";q={count};w={window_s}");
        Self {
            count: count.into(),
            window_s: window_s.into(),
            policy: HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default")),
            windows: Mutex::default(),
        }
    }

    /// Counts one request of `caller` at `now`.
    pub(crate) fn count(&self, caller: &Arc<str>, now: Instant) -> Left {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        windows.sweep(now, self.window_s);
        let fresh = || Window { began: now, used: 0 };
        let window = windows.by_caller.entry(Arc::clone(caller)).or_insert_with(fresh);
        if age_s(window, now) >= self.window_s {
            *window = fresh();
        }
        let allowed = window.used < self.count;
        window.used += u64::from(allowed);
        let reset_s = self.window_s.saturating_sub(age_s(window, now)).max(1);
        Left { requests: self.count - window.used, reset_s, allowed }
    }

    /// Counts one request of `caller`, together with the other replicas where `together` names a
    /// server that answers, else by itself.
    pub(crate) async fn count_with(&self, together: Option<&Together>, caller: &Arc<str>) -> Left {
        let Some(server) = together else { return self.count(caller, Instant::now()) };
        let counted = Box::pin(server.count(self.count, self.window_s, caller)).await;
        counted.unwrap_or_else(|| self.count(caller, Instant::now()))
    }

    /// The headers of draft-ietf-httpapi-ratelimit-headers.
    pub(crate) fn describe(&self, left: Left, headers: &mut HeaderMap) {
        headers.insert(POLICY.clone(), self.policy.clone());
        let mut value = Vec::with_capacity(40);
        value.extend_from_slice(b"\"default\";r=");
        write_number(left.requests, &mut value);
        value.extend_from_slice(b";t=");
        write_number(left.reset_s, &mut value);
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(RATE_LIMIT.clone(), value);
        }
    }

    /// The refusal of a request past the limit.
    pub(crate) fn refuse(&self, left: Left) -> Refused {
        let message = format!(
            "more than {} requests in {} seconds; try again in {} seconds",
            self.count, self.window_s, left.reset_s
        );
        let refused = Refused::new(Refusal::RateLimited, message);
        Refused { retry_after_s: Some(left.reset_s), ..refused }
    }
}

impl Windows {
    /// Forgets callers whose window has ended, each time that their number has doubled.
    fn sweep(&mut self, now: Instant, window_s: u64) {
        if self.by_caller.len() < self.sweep_at.max(SWEEP) {
            return;
        }
        self.by_caller.retain(|_, window| age_s(window, now) < window_s);
        self.sweep_at = self.by_caller.len() * 2;
    }
}

/// Every answer has these: JSON's writer costs them half of what formatting does. To memory it cannot
/// fail.
fn write_number(number: u64, text: &mut Vec<u8>) {
    let _ = serde_json::to_writer(text, &number);
}

fn age_s(window: &Window, now: Instant) -> u64 {
    now.saturating_duration_since(window.began).as_secs()
}

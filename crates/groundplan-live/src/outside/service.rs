//! One other service that rules call: within its limit, with repetitions, and left alone while it
//! fails.

mod counts;
mod request;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::{Duration, Instant};

use groundplan_model::document::Method;
use groundplan_model::service::{Outside, RateLimit};
use http::{HeaderMap, HeaderValue};
use http_body_util::{BodyExt as _, Limited};
use serde_json::Value;
use tokio::time::{sleep, timeout};

use super::breaker::{Breaker, Standing};
use super::{AddressError, Client, Onward, OutsideOptions, ServiceAddress, without_user};
use crate::limits::{Limiter, Together};
use counts::Counts;
pub(crate) use request::{Request, escaped};

/// Larger answers are none.
const ANSWER_BYTES: usize = 1024 * 1024;

/// Who tells us to come again later than this tells us nothing.
const DAY_S: u64 = 24 * 60 * 60;

/// The longest pause between two attempts.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// One other service.
pub(crate) struct Service {
    pub(crate) plan: Outside,
    client: Option<Client>,
    authorization: Option<HeaderValue>,
    limiter: Option<Limiter>,
    /// Whom the limiter counts: all of us.
    caller: Arc<str>,
    breaker: Breaker,
    counts: Counts,
}

/// Why a call has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Failure {
    /// Nobody said where the service is, and the document shows no answer.
    NoAddress,
    /// A value of the path is null, or no part of one.
    NoPath,
    /// It rests after too many failures.
    Resting,
    /// Its limit of calls is reached.
    NoPermit,
    /// There is no connection, or it ended.
    Unreachable,
    /// It did not answer in time.
    Late,
    /// It takes no more calls just now: 429.
    Limited,
    /// It is not well: a status from 500 on.
    Failing(u16),
    /// It refuses this call: another status.
    Refused(u16),
    /// Its answer is no JSON, or too large.
    Unreadable,
}

/// What became of a call, and after how long another one makes sense.
pub(crate) struct Unserved {
    pub(crate) failure: Failure,
    pub(crate) retry_after: Option<Duration>,
}

/// What all calls of one request share.
#[derive(Clone, Copy)]
pub(crate) struct Terms<'a> {
    /// When the request has waited long enough.
    pub(crate) until: Instant,
    /// Where calls of all replicas are counted.
    pub(crate) together: Option<&'a Together>,
    pub(crate) onward: Option<&'a Onward>,
}

impl Service {
    pub(super) fn new(plan: &Outside, options: &OutsideOptions) -> Result<Self, AddressError> {
        let address = options.services.iter().find(|it| it.is_of(plan));
        let wrong = |address: &ServiceAddress, reason: String| AddressError {
            url: without_user(&address.url),
            reason,
            option: "--service NAME=URL",
        };
        let client = match address {
            Some(it) => Some(Client::of(&it.url).map_err(|reason| wrong(it, reason))?),
            None => None,
        };
        let authorization = match address.and_then(|it| Some((it, it.authorization.as_ref()?))) {
            Some((it, secret)) => Some(secret.header().map_err(|reason| wrong(it, reason))?),
            None => None,
        };
        let limiter = plan.limit.map(|limit| {
            let (count, window_s) = (limit.count, limit.window_s);
            Limiter::new(&RateLimit { count, window_s, span: plan.span })
        });
        Ok(Self {
            client,
            authorization,
            limiter,
            caller: plan.name.as_str().into(),
            breaker: Breaker::new(plan.breaker),
            counts: Counts::default(),
            plan: plan.clone(),
        })
    }

    /// The answer to `request`: null where there is nothing at its path. Without an address it is
    /// the documented one.
    pub(crate) async fn ask(
        &self,
        request: &Request,
        example: Option<&Value>,
        terms: Terms<'_>,
    ) -> Result<Value, Unserved> {
        let Some(client) = &self.client else {
            self.counts.count("stub");
            return example.cloned().ok_or(Failure::NoAddress.into());
        };
        let repeats = matches!(request.method, Method::Get | Method::Put | Method::Delete);
        let most = if repeats { self.plan.retries } else { 0 };
        let mut attempt = 0;
        loop {
            let unserved = match self.attempt(client, request, terms).await {
                Ok(value) => return Ok(value),
                Err(unserved) => unserved,
            };
            let pause = self.pause(attempt, unserved.retry_after);
            let is_late = Instant::now() + pause >= terms.until;
            if attempt >= most || is_late || !unserved.failure.may_pass() {
                tracing::warn!(service = self.plan.name, failure = ?unserved.failure, "no answer");
                return Err(unserved);
            }
            sleep(pause).await;
            attempt += 1;
        }
    }

    async fn attempt(
        &self,
        client: &Client,
        request: &Request,
        terms: Terms<'_>,
    ) -> Result<Value, Unserved> {
        // A permit is not spent on a service that rests.
        if let Some(rest) = self.breaker.rests(Instant::now()) {
            return Err(self.resting(rest));
        }
        self.permit(terms).await?;
        let leave = self.breaker.enter(Instant::now()).map_err(|rest| self.resting(rest))?;
        let left = terms.until.saturating_duration_since(Instant::now());
        let patience = Duration::from_millis(self.plan.timeout_ms.into()).min(left);
        let answered = timeout(patience, self.exchange(client, request, terms.onward)).await;
        let answered = answered.unwrap_or_else(|_| Err(Failure::Late.into()));
        self.counts.count(answered.as_ref().map_or_else(|it| it.failure.as_str(), |_| "answered"));
        match &answered {
            Err(unserved) if unserved.failure.is_its_own() => leave.failed(Instant::now()),
            _ => leave.succeeded(),
        }
        answered
    }

    fn resting(&self, rest: Duration) -> Unserved {
        self.counts.count(Failure::Resting.as_str());
        Unserved { failure: Failure::Resting, retry_after: Some(rest) }
    }

    /// Waits until the service takes one more call, as far as there is time.
    async fn permit(&self, terms: Terms<'_>) -> Result<(), Unserved> {
        let Some(limiter) = &self.limiter else { return Ok(()) };
        loop {
            let left = limiter.count_with(terms.together, &self.caller).await;
            if left.allowed {
                return Ok(());
            }
            let wait = Duration::from_secs(left.reset_s);
            if Instant::now() + wait >= terms.until {
                self.counts.count(Failure::NoPermit.as_str());
                return Err(Unserved { failure: Failure::NoPermit, retry_after: Some(wait) });
            }
            sleep(wait).await;
        }
    }

    async fn exchange(
        &self,
        client: &Client,
        request: &Request,
        onward: Option<&Onward>,
    ) -> Result<Value, Unserved> {
        let sent = request.http(self.authorization.as_ref(), onward).ok_or(Failure::NoPath)?;
        let response = client.send(sent).await.map_err(|unanswered| {
            // Addresses and reasons are for the operator's log, not for clients.
            tracing::debug!(
                service = self.plan.name,
                reason = unanswered.reason(),
                "a call failed"
            );
            Failure::Unreachable
        })?;
        let status = response.status().as_u16();
        let retry_after = retry_after(response.headers());
        let unserved = |failure| Unserved { failure, retry_after };
        match status {
            204 | 205 => Ok(Value::Null),
            200..300 => read(response.into_body()).await,
            // Nothing is there: that is an answer.
            404 | 410 if request.method == Method::Get => Ok(Value::Null),
            429 => Err(unserved(Failure::Limited)),
            500.. => Err(unserved(Failure::Failing(status))),
            _ => Err(unserved(Failure::Refused(status))),
        }
    }

    /// Full jitter: anything up to a bound that doubles. Who is told when to come again does.
    fn pause(&self, attempt: u32, retry_after: Option<Duration>) -> Duration {
        let base = Duration::from_millis(self.plan.backoff_ms.into());
        let most = base.saturating_mul(1_u32.checked_shl(attempt).unwrap_or(u32::MAX));
        let pause = most.min(LONGEST_PAUSE).mul_f64(share());
        retry_after.map_or(pause, |told| told.max(pause))
    }

    /// As the operator is told: where it is asked, and whether it answers.
    pub(crate) fn state(&self) -> &'static str {
        match (&self.client, self.breaker.standing(Instant::now())) {
            (None, _) => "stub",
            (Some(_), Standing::Closed) => "ready",
            (Some(_), Standing::HalfOpen) => "on trial",
            (Some(_), Standing::Open) => "unavailable",
        }
    }

    /// 0 for closed, 1 for half open, 2 for open.
    pub(super) fn breaker(&self) -> u8 {
        match self.breaker.standing(Instant::now()) {
            Standing::Closed => 0,
            Standing::HalfOpen => 1,
            Standing::Open => 2,
        }
    }

    /// Attempts and refusals by their outcome.
    pub(super) fn outcomes(&self) -> Vec<(&'static str, u64)> {
        self.counts.all()
    }
}

impl Failure {
    /// As it stands in metrics.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::NoAddress => "no_address",
            Self::NoPath => "no_path",
            Self::Resting => "resting",
            Self::NoPermit => "no_permit",
            Self::Unreachable => "unreachable",
            Self::Late => "timeout",
            Self::Limited => "limited",
            Self::Failing(_) => "failing",
            Self::Refused(_) => "refused",
            Self::Unreadable => "unreadable",
        }
    }

    /// Whether another attempt may go better: there was no connection, no answer in time, or a
    /// status that says so.
    fn may_pass(self) -> bool {
        match self {
            Self::Unreachable | Self::Late | Self::Limited => true,
            Self::Failing(status) => matches!(status, 502..=504),
            _ => false,
        }
    }

    /// Whether it says that the service is not well.
    fn is_its_own(self) -> bool {
        matches!(self, Self::Unreachable | Self::Late | Self::Failing(_) | Self::Unreadable)
    }
}

impl From<Failure> for Unserved {
    fn from(failure: Failure) -> Self {
        Self { failure, retry_after: None }
    }
}

/// When to come again, as far as it is said in seconds.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(http::header::RETRY_AFTER)?.to_str().ok()?;
    text.trim().parse().ok().map(|seconds: u64| Duration::from_secs(seconds.min(DAY_S)))
}

async fn read(body: super::client::Lent) -> Result<Value, Unserved> {
    let read = Limited::new(body, ANSWER_BYTES).collect().await;
    // A body that is cut off is a connection that ended; one that is too large is no answer.
    let bytes = read.map_err(|error| match error.is::<http_body_util::LengthLimitError>() {
        true => Failure::Unreadable,
        false => Failure::Unreachable,
    })?;
    let bytes = bytes.to_bytes();
    if bytes.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(&bytes).map_err(|_| Failure::Unreadable.into())
}

/// A number from 0 to 1, another one each time.
fn share() -> f64 {
    let mut bytes = [0; 4];
    // Without randomness all wait as long as they may.
    match getrandom::fill(&mut bytes) {
        Ok(()) => f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX),
        Err(_) => 1.0,
    }
}

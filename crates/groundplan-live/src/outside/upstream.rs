//! The service behind this one (`--upstream`): it answers what the document does not explain.

mod counts;
mod headers;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use groundplan_model::service::Refusal;
use http::request::Parts;
use http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use tokio::time::timeout;

use super::body::{Cut, Passing, Progress, Sent};
use super::client::Lent;
use super::{AddressError, Client, Flow, Onward, Unanswered, without_user};
use crate::answer::{Body, Response};
use crate::refused::Refused;
use crate::service::HttpOptions;
use counts::Counts;

/// How long [`Upstream::is_up`] waits for a connection.
const PROBE: Duration = Duration::from_millis(500);

/// The service behind this one.
#[derive(Debug)]
pub(crate) struct Upstream {
    client: Client,
    /// How long its answer is waited for, once it has the request; and each piece of it.
    patience: Duration,
    limit_bytes: usize,
    body_timeout: Duration,
    is_tls: bool,
    counts: Counts,
}

/// What became of a request that went on to the upstream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PassedOn {
    /// It answered.
    Answered,
    /// It answered 501: the request was taken back.
    TakenBack,
    /// It did not answer in time.
    Late,
    /// It cannot be reached, or ended the connection.
    Unreachable,
    /// The client's body was refused.
    Refused,
}

impl PassedOn {
    /// As it stands in metrics and logs.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::TakenBack => "taken_back",
            Self::Late => "timeout",
            Self::Unreachable => "unreachable",
            Self::Refused => "refused",
        }
    }
}

impl Upstream {
    /// The upstream that `http` names, if any.
    pub(crate) fn new(http: &HttpOptions) -> Result<Option<Self>, AddressError> {
        let Some(url) = &http.outside.upstream else { return Ok(None) };
        Ok(Some(Self {
            client: Client::of(url).map_err(|reason| {
                let url = without_user(url);
                AddressError { url, reason, option: "--upstream" }
            })?,
            patience: http.outside.patience,
            limit_bytes: http.body_limit_bytes,
            body_timeout: http.body_timeout,
            is_tls: http.tls.is_some(),
            counts: Counts::default(),
        }))
    }

    /// Whether it takes connections.
    pub(crate) async fn is_up(&self) -> bool {
        timeout(PROBE, self.client.is_reachable()).await.unwrap_or(false)
    }

    /// Passes a request for the route of `pattern` on. Answers what became of it, and the
    /// upstream's answer; there is none where the request was taken back.
    pub(crate) async fn pass_on(
        &self,
        pattern: &str,
        parts: &Parts,
        body: Incoming,
        peer: &str,
    ) -> (PassedOn, Result<Option<Response>, Refused>) {
        let answered = match self.too_large(parts) {
            Some(refused) => Err((PassedOn::Refused, refused)),
            None => self.exchange(parts, body, peer).await,
        };
        let (passed, answer) = match answered {
            Ok(response) if response.status() == StatusCode::NOT_IMPLEMENTED => {
                (PassedOn::TakenBack, Ok(None))
            }
            Ok(response) => (PassedOn::Answered, Ok(Some(self.flowing(response)))),
            Err((passed, refused)) => (passed, Err(refused)),
        };
        self.counts.count(pattern, passed);
        (passed, answer)
    }

    /// What is known to be too large is not begun.
    fn too_large(&self, parts: &Parts) -> Option<Refused> {
        let declared = parts.headers.get(http::header::CONTENT_LENGTH)?.to_str().ok()?;
        let is_too_large = declared.parse().is_ok_and(|bytes: usize| bytes > self.limit_bytes);
        is_too_large.then(|| self.refuse(Cut::TooLarge))
    }

    async fn exchange(
        &self,
        parts: &Parts,
        body: Incoming,
        peer: &str,
    ) -> Result<http::Response<Lent>, (PassedOn, Refused)> {
        let (passing, progress) = Passing::new(body, self.limit_bytes, self.body_timeout);
        let request = self.request(parts, passing.boxed_unsync(), peer);
        let sending = self.client.send(request);
        let answered = self.waited_for(sending, &progress).await;
        let late = || gateway(504, "the upstream did not answer in time; try again later");
        match answered {
            Some(Ok(response)) => Ok(response),
            Some(Err(unanswered)) => Err(match progress.cut() {
                Some(cut) => (PassedOn::Refused, self.refuse(cut)),
                None => (PassedOn::Unreachable, unreachable(&unanswered)),
            }),
            None => Err(match progress.cut() {
                Some(cut) => (PassedOn::Refused, self.refuse(cut)),
                None => (PassedOn::Late, late()),
            }),
        }
    }

    /// The answer; `None` where it does not come in time. The time counts from the end of the
    /// request, which has one of its own.
    async fn waited_for<A>(
        &self,
        sending: impl Future<Output = A>,
        progress: &Arc<Progress>,
    ) -> Option<A> {
        let mut sending = std::pin::pin!(sending);
        let whole = self.body_timeout.saturating_add(self.patience);
        let in_two_parts = async {
            tokio::select! {
                answered = &mut sending => return Some(answered),
                () = progress.passed() => {}
            }
            timeout(self.patience, &mut sending).await.ok()
        };
        timeout(whole, in_two_parts).await.ok().flatten()
    }

    fn request(&self, parts: &Parts, body: Sent, peer: &str) -> Request<Sent> {
        let mut request = Request::new(body);
        *request.method_mut() = parts.method.clone();
        if let Some(path) = parts.uri.path_and_query().and_then(|it| it.as_str().parse().ok()) {
            *request.uri_mut() = path;
        }
        let onward = parts.extensions.get::<Onward>();
        *request.headers_mut() = headers::request(&parts.headers, peer, self.is_tls, onward);
        request
    }

    fn flowing(&self, response: http::Response<Lent>) -> Response {
        let (parts, body) = response.into_parts();
        let mut response = Response::new(Body::Flow(Flow::new(body, self.patience)));
        *response.status_mut() = parts.status;
        *response.headers_mut() = headers::response(parts.headers);
        response
    }

    fn refuse(&self, cut: Cut) -> Refused {
        match cut {
            Cut::TooLarge => {
                let message =
                    format!("the body is larger than {} bytes; send less", self.limit_bytes);
                Refused::new(Refusal::TooLarge, message)
            }
            Cut::Late => Refused::new(Refusal::MalformedBody, "the body did not arrive in time"),
            Cut::Ended => Refused::new(Refusal::MalformedBody, "the body ended too early"),
        }
    }

    /// How often requests went on, by route and by what became of them.
    pub(crate) fn write_metrics(&self, text: &mut String) {
        self.counts.write(text);
    }
}

fn unreachable(unanswered: &Unanswered) -> Refused {
    // The address of a machine behind this one is nothing for clients.
    tracing::warn!(reason = unanswered.reason(), "the upstream does not answer");
    gateway(502, "the upstream cannot be reached; try again later")
}

fn gateway(status: u16, message: &'static str) -> Refused {
    Refused { status: Some(status), ..Refused::new(Refusal::Unavailable, message) }
}

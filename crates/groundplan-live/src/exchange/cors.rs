//! Which web pages of other origins may call the service (Fetch standard, CORS protocol).

use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS,
    ACCESS_CONTROL_REQUEST_METHOD, ALLOW, ORIGIN, VARY,
};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method};

#[cfg(test)]
mod tests;

/// Headers of answers that scripts may read besides those that they always may.
const EXPOSED: &str = "ETag, Link, Location, Preference-Applied, Prototype-Handler, RateLimit, \
     RateLimit-Policy, Retry-After, Server-Timing, X-Request-Id, X-Total-Count, traceparent";

/// How long a browser remembers what it may send, in seconds.
const MAX_AGE: &str = "600";

/// The origins that are let in.
#[derive(Debug)]
pub(crate) struct Cors {
    /// Empty for every origin.
    origins: Vec<HeaderValue>,
}

impl Cors {
    /// For these origins, `*` being all; `None` where none is let in.
    pub(crate) fn new(origins: &[String]) -> Option<Self> {
        if origins.is_empty() {
            return None;
        }
        let any = origins.iter().any(|origin| origin == "*");
        let listed = origins.iter().filter(|_| !any);
        let origins = listed.filter_map(|origin| HeaderValue::try_from(origin).ok());
        Some(Self { origins: origins.collect() })
    }

    /// Says in the answer to `request` what its origin may do. Tokens are sent by scripts and not by
    /// the browser, so no origin needs credentials.
    pub(crate) fn describe(&self, request: &Parts, answer: &mut HeaderMap) {
        if !self.origins.is_empty() {
            answer.append(VARY, HeaderValue::from_static("Origin"));
        }
        let Some(origin) = self.allowed(&request.headers) else { return };
        answer.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        if !is_preflight(request) {
            answer.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
            return;
        }
        if let Some(methods) = answer.get(ALLOW).cloned() {
            answer.insert(ACCESS_CONTROL_ALLOW_METHODS, methods);
        }
        if let Some(wanted) = request.headers.get(ACCESS_CONTROL_REQUEST_HEADERS) {
            answer.insert(ACCESS_CONTROL_ALLOW_HEADERS, wanted.clone());
        }
        answer.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(MAX_AGE));
    }

    fn allowed(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        let origin = headers.get(ORIGIN)?;
        if self.origins.is_empty() {
            return Some(HeaderValue::from_static("*"));
        }
        self.origins.contains(origin).then(|| origin.clone())
    }
}

/// Whether a browser asks on its own what a script may do.
fn is_preflight(request: &Parts) -> bool {
    request.method == Method::OPTIONS && request.headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

//! What is asked of another service, with every value in its place.

use groundplan_model::document::Method;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderValue};
use serde_json::Value;

use crate::exchange::request_id;
use crate::outside::Onward;
use crate::outside::body::{Sent, empty, whole};
use crate::percent::encode;

/// What is asked of another service. Equal ones have one answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Request {
    pub(crate) method: Method,
    /// Below the service's address; `None` where a value is none that a path could have.
    pub(crate) path: Option<String>,
    pub(crate) body: Option<Value>,
}

impl Request {
    /// As it is sent.
    pub(super) fn http(
        &self,
        authorization: Option<&HeaderValue>,
        onward: Option<&Onward>,
    ) -> Option<http::Request<Sent>> {
        let body = self.body.as_ref().map(ToString::to_string);
        let mut request = http::Request::new(body.map_or_else(empty, whole));
        *request.method_mut() = self.method.as_str().parse().ok()?;
        *request.uri_mut() = self.path.as_ref()?.parse().ok()?;
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let agent = concat!("groundplan/", env!("CARGO_PKG_VERSION"));
        headers.insert(USER_AGENT, HeaderValue::from_static(agent));
        if self.body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        if let Some(authorization) = authorization {
            headers.insert(AUTHORIZATION, authorization.clone());
        }
        describe(headers, onward);
        Some(request)
    }
}

fn describe(headers: &mut HeaderMap, onward: Option<&Onward>) {
    let Some(onward) = onward else { return };
    request_id::say(headers, onward.id.clone());
    if let Some(trace) = &onward.trace {
        trace.say(headers);
    }
}

/// A value as a part of a path: only letters, digits and `-._~` stand as they are (RFC 3986, 2.3).
/// What is empty or would lead to another folder is no part.
pub(crate) fn escaped(text: &str) -> Option<String> {
    if matches!(text, "" | "." | "..") {
        return None;
    }
    Some(encode(text).to_string())
}

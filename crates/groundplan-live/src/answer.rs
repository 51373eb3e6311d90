//! Answers of every kind, as hyper sends them.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use http_body_util::Full;

/// What a request is answered with: always a whole body.
pub(crate) type Response = http::Response<Full<Bytes>>;

/// An answer of `content_type`.
pub(crate) fn new(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> Response {
    let mut response = empty(status);
    *response.body_mut() = Full::new(body.into());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

/// A JSON answer; `body` is JSON text.
pub(crate) fn json(status: u16, body: Vec<u8>) -> Response {
    new(status, "application/json", body)
}

/// An answer without a body.
pub(crate) fn empty(status: u16) -> Response {
    let mut response = Response::default();
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
}

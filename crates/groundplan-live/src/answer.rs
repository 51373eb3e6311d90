//! Answers of every kind, as hyper sends them.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};
use http_body_util::Full;
use hyper::body::{Body as _, Frame, SizeHint};

use crate::exchange::conditional::Conditions;
use crate::outside::{Broken, Flow};
use crate::refused::Refused;
use crate::wire::Written;

/// What a request is answered with.
pub(crate) type Response = http::Response<Body>;

/// The body of an answer: whole, except for what another service answers.
pub(crate) enum Body {
    Whole(Full<Bytes>),
    Flow(Flow),
}

impl Default for Body {
    fn default() -> Self {
        Self::Whole(Full::default())
    }
}

impl Body {
    /// A body that is there already.
    pub(crate) fn of(bytes: impl Into<Bytes>) -> Self {
        Self::Whole(Full::new(bytes.into()))
    }
}

impl std::fmt::Debug for Body {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Whole(whole) => whole.fmt(formatter),
            Self::Flow(_) => formatter.write_str("Flow"),
        }
    }
}

impl hyper::body::Body for Body {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        match self.get_mut() {
            Self::Whole(whole) => {
                Pin::new(whole).poll_frame(context).map_err(|never| match never {})
            }
            Self::Flow(flow) => Pin::new(flow).poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Whole(whole) => whole.is_end_stream(),
            Self::Flow(flow) => flow.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(whole) => whole.size_hint(),
            Self::Flow(flow) => flow.size_hint(),
        }
    }
}

/// An answer of `content_type`.
pub(crate) fn new(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> Response {
    let mut response = empty(status);
    *response.body_mut() = Body::of(body);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

/// A JSON answer; `body` is JSON text, which a 204 does without (RFC 9110, section 15.3.5).
pub(crate) fn json(status: u16, body: Vec<u8>) -> Response {
    if status == 204 { empty(status) } else { new(status, "application/json", body) }
}

/// As many headers as most answers have: a map that grows moves all of them.
const HEADERS: usize = 12;

/// An answer without a body.
pub(crate) fn empty(status: u16) -> Response {
    let mut response = Response::default();
    *response.headers_mut() = HeaderMap::with_capacity(HEADERS);
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
}

/// A row that a write made or changed.
pub(crate) fn row(status: u16, row: Written) -> Response {
    let mut response = json(status, row.json);
    row.stamp.describe(response.headers_mut());
    response
}

/// A row that a client asked for; without it where the client has it already.
pub(crate) fn read(status: u16, row: Written, headers: &HeaderMap) -> Result<Response, Refused> {
    let Some(conditions) = Conditions::of(headers) else { return Ok(self::row(status, row)) };
    conditions.check(Some(&row.stamp))?;
    if !conditions.is_known(&row.stamp) {
        return Ok(self::row(status, row));
    }
    let mut response = empty(304);
    row.stamp.describe(response.headers_mut());
    Ok(response)
}

/// The bytes of an answer's body, which is empty afterwards. What another service answers has none
/// yet, and no use of them: nobody keeps it.
pub(crate) fn take_body(response: &mut Response) -> Bytes {
    let Body::Whole(mut body) = std::mem::take(response.body_mut()) else { return Bytes::new() };
    // A body of one piece is there at once.
    match Pin::new(&mut body).poll_frame(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Some(Ok(frame))) => frame.into_data().unwrap_or_default(),
        _ => Bytes::new(),
    }
}

#[cfg(test)]
mod tests;

//! The bytes of a request's body, within limits.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use groundplan_model::service::Refusal;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::request::Parts;
use http::{HeaderMap, Method};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;

use crate::refused::Refused;

/// Larger bodies are refused.
pub(crate) const LIMIT_BYTES: usize = 1024 * 1024;

/// Of a body that is too large, so much is read and thrown away, so that a client that is still
/// sending hears the answer instead of a reset connection.
const DRAIN_BYTES: usize = 16 * 1024 * 1024;

/// A client that sends no faster than this is not waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// The body of a request that must have a JSON one.
pub(crate) async fn read(parts: &Parts, body: Incoming) -> Result<Bytes, Refused> {
    let read = tokio::time::timeout(PATIENCE, collect(&parts.headers, body)).await;
    let bytes = read.unwrap_or_else(|_| Err(incomplete("the body did not arrive in time")))?;
    check_media_type(parts)?;
    Ok(bytes)
}

async fn collect(headers: &HeaderMap, mut body: Incoming) -> Result<Bytes, Refused> {
    if declared(headers) > DRAIN_BYTES {
        return Err(too_large());
    }
    let mut whole = BytesMut::with_capacity(declared(headers).min(LIMIT_BYTES));
    let mut seen = 0_usize;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| incomplete("the body ended too early"))?;
        let Ok(data) = frame.into_data() else { continue };
        seen = seen.saturating_add(data.len());
        if seen > DRAIN_BYTES {
            break;
        }
        if seen <= LIMIT_BYTES {
            whole.extend_from_slice(&data);
        }
    }
    if seen > LIMIT_BYTES { Err(too_large()) } else { Ok(whole.freeze()) }
}

fn declared(headers: &HeaderMap) -> usize {
    let length = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    length.and_then(|length| length.parse().ok()).unwrap_or(0)
}

fn check_media_type(parts: &Parts) -> Result<(), Refused> {
    // A body without a media type is read as what it must be.
    let Some(value) = parts.headers.get(CONTENT_TYPE) else { return Ok(()) };
    let name = value.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim();
    let is = |wanted: &str| name.eq_ignore_ascii_case(wanted);
    let is_merge = parts.method == Method::PATCH && is("application/merge-patch+json");
    if is("application/json") || is_merge {
        return Ok(());
    }
    let message = "the body must be JSON; send `Content-Type: application/json`";
    Err(Refused::new(Refusal::UnsupportedMediaType, message))
}

fn too_large() -> Refused {
    Refused::new(Refusal::TooLarge, "the body is larger than 1 MiB; send less")
}

fn incomplete(message: &'static str) -> Refused {
    Refused::new(Refusal::MalformedBody, message)
}

//! The bytes of a request's body, within limits.

use bytes::{Bytes, BytesMut};
use groundplan_model::service::Refusal;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use http::request::Parts;
use http::{HeaderMap, Method};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;

use crate::host::Host;
use crate::refused::Refused;

/// Of a body that is too large, so much is read and thrown away, so that a client that is still
/// sending hears the answer instead of a reset connection.
const DRAIN_BYTES: usize = 16 * 1024 * 1024;

/// Room that is made before the first byte is there.
const ROOM_BYTES: usize = 64 * 1024;

/// Room beside the file in a form: boundaries, headers, other parts.
pub(crate) const FORM_BYTES: usize = 256 * 1024;

/// The body of a request that must have a JSON one.
pub(crate) async fn read(host: &Host, parts: &Parts, body: Incoming) -> Result<Bytes, Refused> {
    read_up_to(host, parts, body, host.http.body_limit_bytes).await
}

/// As [`read`], with a limit of its own.
pub(crate) async fn read_up_to(
    host: &Host,
    parts: &Parts,
    body: Incoming,
    limit: usize,
) -> Result<Bytes, Refused> {
    let bytes = whole(host, parts, body, limit).await?;
    check_media_type(parts)?;
    Ok(bytes)
}

/// The body of a request that must have a form with a file.
pub(crate) async fn read_form(
    host: &Host,
    parts: &Parts,
    body: Incoming,
    limit: usize,
) -> Result<Bytes, Refused> {
    let bytes = whole(host, parts, body, limit).await?;
    let sent = parts.headers.get(CONTENT_TYPE).map_or(&b""[..], |it| it.as_bytes());
    if essence(sent).eq_ignore_ascii_case("multipart/form-data") {
        return Ok(bytes);
    }
    let message = "the body must be a form; send `Content-Type: multipart/form-data; boundary=…`";
    Err(Refused::new(Refusal::UnsupportedMediaType, message))
}

/// All bytes of a body, which is not compressed.
async fn whole(host: &Host, parts: &Parts, body: Incoming, limit: usize) -> Result<Bytes, Refused> {
    let _arriving = host.arriving.enter();
    let read = tokio::time::timeout(host.http.body_timeout, collect(&parts.headers, body, limit));
    let bytes =
        read.await.unwrap_or_else(|_| Err(incomplete("the body did not arrive in time")))?;
    check_coding(&parts.headers)?;
    Ok(bytes)
}

/// A media type without its parameters; empty where it is no text.
fn essence(value: &[u8]) -> &str {
    let text = std::str::from_utf8(value).unwrap_or_default();
    text.split(';').next().unwrap_or_default().trim()
}

async fn collect(headers: &HeaderMap, mut body: Incoming, limit: usize) -> Result<Bytes, Refused> {
    let most = limit.saturating_add(DRAIN_BYTES);
    if declared(headers) > most {
        return Err(too_large(limit));
    }
    // What a client declares is no reason to make room for it.
    let mut whole = BytesMut::with_capacity(declared(headers).min(limit).min(ROOM_BYTES));
    let mut seen = 0_usize;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| incomplete("the body ended too early"))?;
        let Ok(data) = frame.into_data() else { continue };
        seen = seen.saturating_add(data.len());
        if seen > most {
            break;
        }
        if seen <= limit {
            whole.extend_from_slice(&data);
        }
    }
    if seen > limit { Err(too_large(limit)) } else { Ok(whole.freeze()) }
}

fn declared(headers: &HeaderMap) -> usize {
    let length = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    length.and_then(|length| length.parse().ok()).unwrap_or(0)
}

fn check_coding(headers: &HeaderMap) -> Result<(), Refused> {
    match headers.get(CONTENT_ENCODING) {
        Some(coding) if !coding.as_bytes().eq_ignore_ascii_case(b"identity") => {
            let message = "the body must not be compressed; send it without `Content-Encoding`";
            Err(Refused::new(Refusal::UnsupportedMediaType, message))
        }
        _ => Ok(()),
    }
}

fn check_media_type(parts: &Parts) -> Result<(), Refused> {
    // A body without a media type is read as what it must be.
    let Some(value) = parts.headers.get(CONTENT_TYPE) else { return Ok(()) };
    let name = essence(value.as_bytes());
    let is = |wanted: &str| name.eq_ignore_ascii_case(wanted);
    let is_merge = parts.method == Method::PATCH && is("application/merge-patch+json");
    if is("application/json") || is_merge {
        return Ok(());
    }
    let message = "the body must be JSON; send `Content-Type: application/json`";
    Err(Refused::new(Refusal::UnsupportedMediaType, message))
}

fn too_large(limit: usize) -> Refused {
    let message = format!("the body is larger than {limit} bytes; send less");
    Refused::new(Refusal::TooLarge, message)
}

fn incomplete(message: &'static str) -> Refused {
    Refused::new(Refusal::MalformedBody, message)
}

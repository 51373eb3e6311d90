//! Bodies that travel smaller: `gzip` and `br`, as the client takes them (RFC 9110, 8.4).

use std::io::{self, Write as _};

use brotli::enc::BrotliEncoderParams;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY};
use http::{HeaderMap, HeaderValue, StatusCode};
use hyper::body::Body as _;

use super::weighted::weighted;
use crate::answer::{self, Body, Response};

#[cfg(test)]
mod tests;

/// Bodies are made while the client waits: more effort costs more time than it saves.
const GZIP_LEVEL: u32 = 4;
const BROTLI_QUALITY: i32 = 4;

/// A way to make a body smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coding {
    Brotli,
    Gzip,
}

impl Coding {
    fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    fn encode(self, body: &[u8]) -> io::Result<Vec<u8>> {
        let mut coded = Vec::with_capacity(body.len() / 3);
        match self {
            Self::Gzip => {
                let mut encoder = GzEncoder::new(coded, Compression::new(GZIP_LEVEL));
                encoder.write_all(body)?;
                encoder.finish()
            }
            Self::Brotli => {
                let params = BrotliEncoderParams { quality: BROTLI_QUALITY, ..Default::default() };
                brotli::BrotliCompress(&mut io::Cursor::new(body), &mut coded, &params)?;
                Ok(coded)
            }
        }
    }
}

/// Makes the body of an answer to a request with these headers smaller, where it has `from_bytes`
/// or more and the client takes that.
pub(crate) fn shrink(request: &HeaderMap, response: Response, from_bytes: usize) -> Response {
    if !is_worth_it(&response, from_bytes) {
        return response;
    }
    let mut response = response;
    response.headers_mut().append(VARY, HeaderValue::from_static("Accept-Encoding"));
    match chosen(request) {
        Some(coding) => coded(response, coding),
        None => response,
    }
}

fn is_worth_it(response: &Response, from_bytes: usize) -> bool {
    let bytes = response.body().size_hint().exact().unwrap_or(0);
    let from = u64::try_from(from_bytes).unwrap_or(u64::MAX);
    bytes >= from
        && response.status() != StatusCode::PARTIAL_CONTENT
        && !response.headers().contains_key(CONTENT_ENCODING)
        && response.headers().get(CONTENT_TYPE).is_some_and(is_text)
}

/// Whether a body of this type gets smaller. Pictures and archives do not.
fn is_text(media_type: &HeaderValue) -> bool {
    let name = media_type.to_str().unwrap_or_default();
    let name = name.split(';').next().unwrap_or_default().trim();
    name.starts_with("text/")
        || name.ends_with("+json")
        || matches!(name, "application/json" | "application/x-ndjson" | "application/yaml")
}

/// What the client likes best of what we have; of equals the smaller one.
fn chosen(request: &HeaderMap) -> Option<Coding> {
    let (mut brotli, mut gzip, mut any) = (None, None, None);
    for (name, weight) in weighted(request, &ACCEPT_ENCODING) {
        match name.to_ascii_lowercase().as_str() {
            "br" => brotli = Some(weight),
            "gzip" | "x-gzip" => gzip = Some(weight),
            "*" => any = Some(weight),
            _ => {}
        }
    }
    let (brotli, gzip) = (brotli.or(any).unwrap_or(0), gzip.or(any).unwrap_or(0));
    match (brotli, gzip) {
        (0, 0) => None,
        (brotli, gzip) if brotli >= gzip => Some(Coding::Brotli),
        _ => Some(Coding::Gzip),
    }
}

fn coded(mut response: Response, coding: Coding) -> Response {
    let body = answer::take_body(&mut response);
    let shrunk = coding.encode(&body).ok().filter(|it| it.len() < body.len());
    let Some(shrunk) = shrunk else {
        *response.body_mut() = Body::of(body);
        return response;
    };
    *response.body_mut() = Body::of(Bytes::from(shrunk));
    let headers = response.headers_mut();
    headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
    mark(headers, coding);
    response
}

/// Other bytes need another strong tag: `"abc"` becomes `"abc-gzip"`.
fn mark(headers: &mut HeaderMap, coding: Coding) {
    let tag = headers.get(ETAG).and_then(|it| it.to_str().ok());
    let marked = tag.and_then(|it| it.strip_suffix('"'));
    let marked = marked.map(|it| format!("{it}-{}\"", coding.name()));
    if let Some(marked) = marked.and_then(|it| HeaderValue::try_from(it).ok()) {
        headers.insert(ETAG, marked);
    }
}

/// The inner text of a tag without the mark of a coding.
pub(super) fn unmarked(tag: &str) -> &str {
    tag.strip_suffix("-gzip").or_else(|| tag.strip_suffix("-br")).unwrap_or(tag)
}

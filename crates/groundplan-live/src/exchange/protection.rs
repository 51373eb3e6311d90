//! What a browser may do with an answer that it is led to: look at it, and nothing else.

use http::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use http::{HeaderMap, HeaderValue};

#[cfg(test)]
mod tests;

/// Of data: nothing is loaded, run, sent or framed.
static DATA: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'none'; object-src 'none'; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'",
);

/// Of the API page, which has its own policy as well: no `<meta>` can say who frames it.
static PAGE: HeaderValue =
    HeaderValue::from_static("frame-ancestors 'none'; object-src 'none'; base-uri 'none'");

static NO_SNIFFING: HeaderValue = HeaderValue::from_static("nosniff");
static NO_FRAME: HeaderValue = HeaderValue::from_static("DENY");

/// Says it in the headers of an answer.
// The values are checked byte by byte where they are made, so that is done before.
pub(super) fn describe(headers: &mut HeaderMap) {
    let media_type = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    let policy = if media_type.starts_with(b"text/html") { &PAGE } else { &DATA };
    headers.insert(CONTENT_SECURITY_POLICY, policy.clone());
    headers.insert(X_CONTENT_TYPE_OPTIONS, NO_SNIFFING.clone());
    headers.insert(X_FRAME_OPTIONS, NO_FRAME.clone());
}

//! What a browser may do with an answer that it is led to: look at it, and nothing else.

use http::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use http::{HeaderMap, HeaderValue};

#[cfg(test)]
mod tests;

/// Of data: nothing is loaded, run, sent or framed.
const DATA: &str = "default-src 'none'; script-src 'none'; object-src 'none'; base-uri 'none'; \
                    form-action 'none'; frame-ancestors 'none'";

/// Of the API page, which has its own policy as well: no `<meta>` can say who frames it.
const PAGE: &str = "frame-ancestors 'none'; object-src 'none'; base-uri 'none'";

/// Says it in the headers of an answer.
pub(super) fn describe(headers: &mut HeaderMap) {
    let media_type = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    let policy = if media_type.starts_with(b"text/html") { PAGE } else { DATA };
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
}

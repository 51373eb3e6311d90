//! Headers of a request and an answer that go on: without those of one connection (RFC 9110, 7.6.1),
//! and with what the next one has to know of the one before.

use http::header::{
    CONNECTION, EXPECT, HOST, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, TE, TRAILER,
    TRANSFER_ENCODING, UPGRADE,
};
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::exchange::request_id;
use crate::outside::Onward;

static FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
static FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
static FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Headers that are about one connection, whatever `Connection` says.
static OF_A_CONNECTION: [HeaderName; 9] = [
    CONNECTION,
    EXPECT,
    PROXY_AUTHENTICATE,
    PROXY_AUTHORIZATION,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
    HeaderName::from_static("keep-alive"),
];

/// The headers of a request from `peer`, for the upstream.
pub(super) fn request(
    headers: &HeaderMap,
    peer: &str,
    is_tls: bool,
    onward: Option<&Onward>,
) -> HeaderMap {
    let mut headers = without_connection(headers.clone());
    if let Some(host) = headers.remove(HOST) {
        headers.insert(FORWARDED_HOST.clone(), host);
    }
    let scheme = if is_tls { "https" } else { "http" };
    headers.insert(FORWARDED_PROTO.clone(), HeaderValue::from_static(scheme));
    if let Some(way) = forwarded_for(&headers, peer) {
        headers.insert(FORWARDED_FOR.clone(), way);
    }
    if let Some(onward) = onward {
        request_id::say(&mut headers, onward.id.clone());
        if let Some(trace) = &onward.trace {
            trace.say(&mut headers);
        }
    }
    headers
}

/// The headers of the upstream's answer, for the client.
pub(super) fn response(headers: HeaderMap) -> HeaderMap {
    without_connection(headers)
}

/// Who asked whom so far: each proxy writes the one before it behind the others.
fn forwarded_for(headers: &HeaderMap, peer: &str) -> Option<HeaderValue> {
    let before = headers.get_all(&FORWARDED_FOR).iter().filter_map(|it| it.to_str().ok());
    let way: Vec<&str> = before.chain([peer]).collect();
    HeaderValue::try_from(way.join(", ")).ok()
}

fn without_connection(mut headers: HeaderMap) -> HeaderMap {
    let named = headers.get_all(CONNECTION).iter().filter_map(|it| it.to_str().ok());
    let named = named.flat_map(|it| it.split(',')).map(str::trim);
    let named: Vec<HeaderName> = named.filter_map(|name| name.parse().ok()).collect();
    for name in named.iter().chain(&OF_A_CONNECTION) {
        headers.remove(name);
    }
    headers
}

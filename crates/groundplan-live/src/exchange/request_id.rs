//! `X-Request-Id`: the client's own, or one of ours, in the answer and in the log.

use std::sync::atomic::{AtomicU64, Ordering};

use http::{HeaderMap, HeaderName, HeaderValue};
use uuid::Uuid;

use crate::hex;

#[cfg(test)]
mod tests;

/// Longer ids are not taken over: they are kept with every line of the log.
const LONGEST: usize = 128;

static NAME: HeaderName = HeaderName::from_static("x-request-id");

/// Ids of one process: a number of its own, and a count.
#[derive(Debug)]
pub(crate) struct RequestIds {
    process: [u8; 8],
    next: AtomicU64,
}

/// The id of one request.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(pub(super) HeaderValue);

impl RequestId {
    pub(crate) fn text(&self) -> &str {
        self.0.to_str().unwrap_or("-")
    }
}

impl RequestIds {
    pub(crate) fn new() -> Self {
        // The last bytes of such an id are random.
        let [.., a, b, c, d] = Uuid::now_v7().into_bytes();
        let mut process = *b"00000000";
        hex::write(u32::from_be_bytes([a, b, c, d]).into(), &mut process);
        Self { process, next: AtomicU64::new(1) }
    }

    /// The id of a request with these headers.
    pub(crate) fn of(&self, headers: &HeaderMap) -> HeaderValue {
        match headers.get(&NAME) {
            Some(own) if is_fit(own.as_bytes()) => own.clone(),
            _ => self.fresh(),
        }
    }

    fn fresh(&self) -> HeaderValue {
        let mut text = *b"00000000-00000000";
        let (process, count) = text.split_at_mut(9);
        process.iter_mut().zip(self.process).for_each(|(to, from)| *to = from);
        hex::write(self.next.fetch_add(1, Ordering::Relaxed), count);
        HeaderValue::from_bytes(&text).unwrap_or(HeaderValue::from_static("-"))
    }
}

/// Says the id in an answer.
pub(crate) fn say(headers: &mut HeaderMap, id: HeaderValue) {
    headers.insert(NAME.clone(), id);
}

fn is_fit(id: &[u8]) -> bool {
    !id.is_empty() && id.len() <= LONGEST && id.iter().all(u8::is_ascii_graphic)
}

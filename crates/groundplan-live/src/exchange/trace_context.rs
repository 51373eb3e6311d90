//! `traceparent`: which trace a request belongs to (W3C Trace Context).

use http::{HeaderMap, HeaderName, HeaderValue};
use uuid::Uuid;

#[cfg(test)]
mod tests;

static NAME: HeaderName = HeaderName::from_static("traceparent");

/// The span of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TraceContext {
    pub(crate) trace: [u8; 16],
    pub(crate) span: [u8; 8],
    /// The caller's span.
    pub(crate) parent: Option<[u8; 8]>,
    /// Whether the span is to be kept.
    pub(crate) sampled: bool,
}

impl TraceContext {
    /// Goes on with the trace that the headers name.
    pub(crate) fn continued(headers: &HeaderMap) -> Option<Self> {
        let (trace, parent, sampled) = parse(headers.get(&NAME)?.as_bytes())?;
        Some(Self { trace, span: fresh_span(), parent: Some(parent), sampled })
    }

    /// A trace that begins here.
    pub(crate) fn begun(sampled: bool) -> Self {
        Self { trace: Uuid::now_v7().into_bytes(), span: fresh_span(), parent: None, sampled }
    }

    /// Says the span in an answer, so that the client finds it in its traces.
    pub(crate) fn say(&self, headers: &mut HeaderMap) {
        let (trace, span) = (hex(&self.trace), hex(&self.span));
        let text = format!("00-{trace}-{span}-{:02x}", u8::from(self.sampled));
        if let Ok(value) = HeaderValue::try_from(text) {
            headers.insert(NAME.clone(), value);
        }
    }
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn fresh_span() -> [u8; 8] {
    // The last bytes of such an id are random.
    let [.., a, b, c, d, e, f, g, h] = Uuid::now_v7().into_bytes();
    [a, b, c, d, e, f, g, h]
}

/// Trace, parent and whether it is sampled. A later version may have more members behind these.
fn parse(text: &[u8]) -> Option<([u8; 16], [u8; 8], bool)> {
    let mut members = text.split(|byte| *byte == b'-');
    let [version] = bytes(members.next()?)?;
    let (trace, parent) = (bytes(members.next()?)?, bytes(members.next()?)?);
    let [flags] = bytes(members.next()?)?;
    let ends = version != 0 || members.next().is_none();
    let is_named = trace != [0; 16] && parent != [0; 8];
    (version != 0xff && ends && is_named).then_some((trace, parent, flags & 1 == 1))
}

fn bytes<const N: usize>(digits: &[u8]) -> Option<[u8; N]> {
    if digits.len() != 2 * N {
        return None;
    }
    let mut read = [0; N];
    for (to, pair) in read.iter_mut().zip(digits.chunks_exact(2)) {
        let [high, low] = pair else { return None };
        *to = digit(*high)? << 4 | digit(*low)?;
    }
    Some(read)
}

fn digit(byte: u8) -> Option<u8> {
    let is_capital = byte.is_ascii_uppercase();
    let digit = char::from(byte).to_digit(16).filter(|_| !is_capital)?;
    u8::try_from(digit).ok()
}

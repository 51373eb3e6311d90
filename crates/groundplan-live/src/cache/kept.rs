//! [`Kept`]: an answer that is kept, in memory or as bytes.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode};

use crate::answer::{Body, Response, take_body};

#[cfg(test)]
mod tests;

/// A whole answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Bytes,
}

impl Kept {
    /// A copy of `response`; `None` where it is no whole 200, or too large.
    pub(super) fn of(response: &mut Response, limit_bytes: usize) -> Option<Self> {
        if response.status() != StatusCode::OK {
            return None;
        }
        let body = take_body(response);
        *response.body_mut() = Body::of(Bytes::clone(&body));
        let headers = response.headers().iter().map(|(name, it)| (name.clone(), it.clone()));
        (body.len() <= limit_bytes).then(|| Self { headers: headers.collect(), body })
    }

    /// The answer again.
    pub(super) fn answer(&self) -> Response {
        let mut response = Response::new(Body::of(Bytes::clone(&self.body)));
        response.headers_mut().extend(self.headers.iter().cloned());
        response
    }

    /// About how much room it takes.
    pub(super) fn bytes(&self) -> usize {
        let headers = self.headers.iter().map(|(name, it)| name.as_str().len() + it.len() + 64);
        self.body.len() + headers.sum::<usize>()
    }

    /// Lines of headers, an empty line, the body.
    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        for (name, value) in &self.headers {
            bytes.extend_from_slice(name.as_str().as_bytes());
            bytes.push(b':');
            bytes.extend_from_slice(value.as_bytes());
            bytes.push(b'\n');
        }
        bytes.push(b'\n');
        bytes.extend_from_slice(&self.body);
    }

    /// What [`Kept::write`] wrote.
    pub(super) fn read(mut bytes: &[u8]) -> Option<Self> {
        let mut headers = Vec::new();
        loop {
            let end = line_end(bytes)?;
            let (line, rest) = bytes.split_at_checked(end)?;
            bytes = rest.get(1..)?;
            if line.is_empty() {
                return Some(Self { headers, body: Bytes::copy_from_slice(bytes) });
            }
            let colon = line.iter().position(|it| *it == b':')?;
            let name = HeaderName::from_bytes(line.get(..colon)?).ok()?;
            headers.push((name, HeaderValue::from_bytes(line.get(colon + 1..)?).ok()?));
        }
    }
}

fn line_end(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|it| *it == b'\n')
}

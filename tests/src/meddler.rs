//! Between a client and a server, as a server that does less than it should.

use std::collections::HashMap;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

use crate::gate::serve;
use crate::recorder::{answer, whole_request};

/// A server that lacks something.
#[derive(Debug)]
pub struct Meddler {
    address: SocketAddr,
}

impl Meddler {
    /// The server at `host:port` without these header fields, in requests and in answers; their
    /// names in lower case.
    pub fn without(server: &str, fields: &'static [&'static str]) -> Self {
        let server = server.to_owned();
        let address = serve(move |mut client| {
            let Some(request) = whole_request(&mut client) else { return };
            if let Some(answer) = answer(&server, &stripped(&request, fields)) {
                let _ = client.write_all(&stripped(&answer, fields));
            }
        });
        Self { address }
    }

    /// The server at `host:port` that answers each GET as it did first, and calls it a copy.
    pub fn forgetful(server: &str) -> Self {
        let (server, kept) = (server.to_owned(), Mutex::new(HashMap::new()));
        let address = serve(move |mut client| {
            let Some(request) = whole_request(&mut client) else { return };
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            let copy: Option<Vec<u8>> = kept.get(&request).cloned();
            let Some(answer) = copy.or_else(|| answer(&server, &request)) else { return };
            if request.starts_with(b"GET ") {
                kept.insert(request, as_copy(&answer));
            }
            let _ = client.write_all(&answer);
        });
        Self { address }
    }

    /// `http://host:port`
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// A message without these fields.
fn stripped(message: &[u8], fields: &[&str]) -> Vec<u8> {
    let end = message.windows(4).position(|it| it == b"\r\n\r\n").unwrap_or(message.len());
    let (head, rest) = message.split_at(end);
    let is_kept = |line: &&[u8]| {
        let name = line.split(|it| *it == b':').next().unwrap_or_default();
        !fields.iter().any(|field| name.trim_ascii_start().eq_ignore_ascii_case(field.as_bytes()))
    };
    let lines: Vec<&[u8]> = head.split(|it| *it == b'\n').filter(is_kept).collect();
    let mut left = lines.join(b"\n".as_slice());
    // The last line's end went with it.
    while left.ends_with(b"\r") {
        left.pop();
    }
    left.extend_from_slice(rest);
    left
}

fn as_copy(answer: &[u8]) -> Vec<u8> {
    let (miss, hit) = (b": MISS\r\n", b": HIT\r\n");
    let Some(at) = answer.windows(miss.len()).position(|it| it == miss) else {
        return answer.to_vec();
    };
    let (before, after) = answer.split_at(at);
    [before, hit, after.get(miss.len()..).unwrap_or_default()].concat()
}

//! One request over a bare socket, so that nothing between us and the service is kind.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

/// An answer as it came.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    /// A header, by its name in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// Sends a request to `http://host:port/path`, with lines such as `Authorization: Bearer x`.
#[track_caller]
pub(crate) fn request(method: &str, url: &str, headers: &[&str], body: &str) -> Answer {
    try_request(method, url, headers, body).expect("the service answers and closes")
}

/// As [`request`]; `None` where nobody listens, or the connection breaks.
pub(crate) fn try_request(method: &str, url: &str, headers: &[&str], body: &str) -> Option<Answer> {
    let (host, path) = split(url);
    let mut text = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    for header in headers {
        text.push_str(&format!("{header}\r\n"));
    }
    text.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
    exchange(host, text.as_bytes()).ok().filter(|it| !it.is_empty()).map(|it| parsed(&it))
}

/// Sends bytes as they are and reads until the service closes.
pub(crate) fn send(host: &str, bytes: &[u8]) -> Answer {
    parsed(&exchange(host, bytes).expect("the service answers and closes"))
}

fn exchange(host: &str, bytes: &[u8]) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    stream.write_all(bytes)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// `host:port` and path of an address.
pub(crate) fn split(url: &str) -> (&str, &str) {
    let rest = url.trim_start_matches("http://");
    rest.find('/').map_or((rest, "/"), |at| rest.split_at(at))
}

fn parsed(text: &str) -> Answer {
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
    let header = |line: &str| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_lowercase(), value.trim().to_owned()))
    };
    let headers: Vec<_> = lines.filter_map(header).collect();
    let chunked = headers.iter().any(|it| it.0 == "transfer-encoding" && it.1 == "chunked");
    let body = if chunked { joined(body) } else { body.to_owned() };
    Answer { status: status.unwrap_or_else(|| panic!("no status in {text:?}")), headers, body }
}

/// A chunked body's data (RFC 9112, 7.1).
fn joined(mut chunks: &str) -> String {
    let mut body = String::new();
    while let Some((size, rest)) = chunks.split_once("\r\n") {
        let size = usize::from_str_radix(size, 16).unwrap_or(0);
        body.push_str(rest.get(..size).unwrap_or(""));
        chunks = rest.get(size + 2..).unwrap_or("");
    }
    body
}

//! Between a client and a server, writing down what both say.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

use crate::gate::serve;

/// A request and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// `GET /api/v1/orders?limit=1`
    pub request: String,
    /// The request's body.
    pub sent: String,
    /// The answer's status.
    pub status: String,
    /// Those of its header fields on which clients build, by line.
    pub headers: String,
    /// The answer's body.
    pub body: String,
}

/// A way to a server that remembers.
#[derive(Debug)]
pub struct Recorder {
    address: SocketAddr,
    exchanges: Arc<Mutex<Vec<Exchange>>>,
}

impl Recorder {
    /// A way to the server at `host:port`.
    pub fn to(server: &str) -> Self {
        let exchanges = Arc::new(Mutex::new(Vec::new()));
        let (its, server) = (Arc::clone(&exchanges), server.to_owned());
        let address = serve(move |mut client| {
            let Some((exchange, answer)) = pass(&mut client, &server) else { return };
            // Before the client has the answer: what it asks next comes later.
            its.lock().unwrap_or_else(PoisonError::into_inner).push(exchange);
            let _ = client.write_all(&answer);
        });
        Self { address, exchanges }
    }

    /// `http://host:port`
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What was said so far, in order.
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.exchanges.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// One exchange on a connection of its own.
fn pass(client: &mut TcpStream, server: &str) -> Option<(Exchange, Vec<u8>)> {
    let request = whole_request(client)?;
    let answer = answer(server, &request)?;
    let line = request.split(|it| *it == b'\n').next()?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let word = |bytes: &[u8], at: usize| text(bytes).split(' ').nth(at).unwrap_or("").to_owned();
    let exchange = Exchange {
        request: format!("{} {}", word(line, 0), word(line, 1)),
        sent: text(body(&request)),
        status: word(&answer, 1),
        headers: headers(&text(&answer)),
        body: text(body(&answer)),
    };
    Some((exchange, answer))
}

/// `etag: "v1"`, and what else says in which state an answer is.
fn headers(answer: &str) -> String {
    const NAMES: [&str; 4] = ["etag", "x-cache", "idempotent-replayed", "location"];
    let head = answer.split("\r\n\r\n").next().unwrap_or_default();
    let fields = head.lines().filter_map(|line| line.split_once(": "));
    let fields = fields.map(|(name, value)| (name.to_lowercase(), value));
    let told = fields.filter(|(name, _)| NAMES.contains(&name.as_str()));
    let mut told: Vec<String> = told.map(|(name, value)| format!("{name}: {value}\n")).collect();
    told.sort_unstable();
    told.concat()
}

/// A request as it came, to its last byte.
pub(crate) fn whole_request(client: &mut TcpStream) -> Option<Vec<u8>> {
    let mut request = Vec::new();
    while !is_whole(&request) {
        let mut bytes = [0; 4096];
        let count = client.read(&mut bytes).ok()?;
        request.extend_from_slice(bytes.get(..count).filter(|it| !it.is_empty())?);
    }
    Some(request)
}

/// What the server says to it, before it closes.
pub(crate) fn answer(server: &str, request: &[u8]) -> Option<Vec<u8>> {
    let end = request.iter().position(|it| *it == b'\n')? + 1;
    let (line, rest) = request.split_at_checked(end)?;
    let mut upstream = TcpStream::connect(server).ok()?;
    upstream.write_all(&[line, b"Connection: close\r\n", rest].concat()).ok()?;
    let mut answer = Vec::new();
    upstream.read_to_end(&mut answer).ok()?;
    Some(answer)
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, _)) = text.split_once("\r\n\r\n") else { return false };
    let mut lines = head.lines().filter_map(|line| line.split_once(':'));
    let length = lines.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let length = length.and_then(|(_, it)| it.trim().parse::<usize>().ok()).unwrap_or(0);
    body(request).len() >= length
}

fn body(message: &[u8]) -> &[u8] {
    let at = message.windows(4).position(|it| it == b"\r\n\r\n");
    at.and_then(|at| message.get(at + 4..)).unwrap_or_default()
}

//! A closed loop of requests: each connection sends its next request when it has its answer.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// A request without its connection.
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) body: Option<String>,
    pub(crate) expected: StatusCode,
}

/// Makes the call number `step` of the connection number `client`.
pub(crate) type Script = Arc<dyn Fn(usize, u64) -> Call + Send + Sync>;

/// What a run of the loop saw.
pub(crate) struct Outcome {
    pub(crate) requests: u64,
    pub(crate) elapsed: Duration,
    /// Of all answers, sorted, in microseconds.
    pub(crate) latencies_us: Vec<u64>,
}

impl Outcome {
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    pub(crate) fn per_second(&self) -> f64 {
        self.requests as f64 / self.elapsed.as_secs_f64()
    }

    /// The latency below which `share` of all answers lie, in milliseconds.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a count"
    )]
    pub(crate) fn percentile_ms(&self, share: f64) -> f64 {
        let index = (self.latencies_us.len() as f64 * share) as usize;
        let last = self.latencies_us.len().saturating_sub(1);
        self.latencies_us.get(index.min(last)).map_or(f64::NAN, |us| *us as f64 / 1e3)
    }
}

/// A connection that carries one caller's token.
pub(crate) struct Client {
    sender: SendRequest<Full<Bytes>>,
    host: String,
    authorization: String,
}

impl Client {
    pub(crate) async fn connect(address: SocketAddr, token: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await.context("cannot reach the service")?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self { sender, host: address.to_string(), authorization: format!("Bearer {token}") })
    }

    /// The body of the answer, which must have the expected status.
    pub(crate) async fn send(&mut self, call: Call) -> Result<Bytes> {
        let expected = call.expected;
        let what = format!("{} {}", call.method, call.path);
        let response = self.answer(call).await?;
        let status = response.status();
        let body = response.into_body().collect().await?.to_bytes();
        if status != expected {
            bail!("{what}: {status} instead of {expected}: {}", String::from_utf8_lossy(&body));
        }
        Ok(body)
    }

    async fn answer(&mut self, call: Call) -> Result<Response<Incoming>> {
        let mut request = Request::builder()
            .method(call.method)
            .uri(call.path)
            .header(HOST, &self.host)
            .header(AUTHORIZATION, &self.authorization);
        if call.body.is_some() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        let body = Full::new(Bytes::from(call.body.unwrap_or_default()));
        self.sender.ready().await?;
        Ok(self.sender.send_request(request.body(body)?).await?)
    }
}

/// Lets one client a token call `script` for `duration`. Any answer but the expected one ends it.
pub(crate) async fn run(
    address: SocketAddr,
    tokens: &[String],
    script: &Script,
    duration: Duration,
) -> Result<Outcome> {
    let mut clients = Vec::with_capacity(tokens.len());
    for token in tokens {
        clients.push(Client::connect(address, token).await?);
    }
    let start = Instant::now();
    let looped = clients.into_iter().enumerate().map(|(number, client)| {
        tokio::spawn(repeat(client, number, Arc::clone(script), start + duration))
    });
    let looped: Vec<_> = looped.collect();
    let mut latencies_us = Vec::new();
    for one in looped {
        latencies_us.extend(one.await??);
    }
    let elapsed = start.elapsed();
    latencies_us.sort_unstable();
    Ok(Outcome { requests: latencies_us.len() as u64, elapsed, latencies_us })
}

/// The latency of each call until `end`, in microseconds.
async fn repeat(
    mut client: Client,
    number: usize,
    script: Script,
    end: Instant,
) -> Result<Vec<u64>> {
    let mut latencies = Vec::with_capacity(4096);
    for step in 0.. {
        let sent = Instant::now();
        if sent >= end {
            break;
        }
        client.send(script(number, step)).await?;
        latencies.push(u64::try_from(sent.elapsed().as_micros()).unwrap_or(u64::MAX));
    }
    Ok(latencies)
}

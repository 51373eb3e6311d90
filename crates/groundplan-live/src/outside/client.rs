//! A client of one service by HTTP/1.1: connections are kept for the next request.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{HOST, HeaderValue};
use http::{Request, Response, Uri};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

use super::Address;
use super::body::{Sent, empty};
use super::trust;

#[cfg(test)]
mod tests;

/// Connections that are kept while nobody needs them.
const MOST_IDLE: usize = 32;

/// How long one is kept: servers close theirs after five seconds and more.
const KEPT: Duration = Duration::from_secs(3);

/// A client of one service.
#[derive(Clone)]
pub(crate) struct Client {
    pub(crate) address: Address,
    host: HeaderValue,
    tls: Option<TlsConnector>,
    idle: Arc<Idle>,
}

/// Connections without a request.
type Idle = Mutex<Vec<(Connection, Instant)>>;

type Connection = SendRequest<Sent>;

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Unanswered {
    /// There is no connection: the service has seen nothing.
    Unreachable(String),
    /// The connection ended: the service may have done what was asked.
    Broken(String),
}

impl Unanswered {
    /// What happened, for people.
    pub(crate) fn reason(&self) -> &str {
        match self {
            Self::Unreachable(reason) | Self::Broken(reason) => reason,
        }
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Client").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Client {
    /// A client of the service at `address`; connects when it is first asked.
    pub(crate) fn new(address: Address) -> Result<Self, String> {
        let host = address.host_header().ok_or("it names no host")?;
        let tls = address.is_tls.then(trust::connector).transpose()?;
        Ok(Self { address, host, tls, idle: Arc::default() })
    }

    /// A client of the service at `url`.
    pub(crate) fn of(url: &str) -> Result<Self, String> {
        Self::new(Address::read(url)?)
    }

    /// Sends `request`, whose address is a path below the service's. There is no bound on time: the
    /// caller knows one.
    pub(crate) async fn send(
        &self,
        mut request: Request<Sent>,
    ) -> Result<Response<Lent>, Unanswered> {
        let path = request.uri().path_and_query().map_or("/", |it| it.as_str());
        let target: Result<Uri, _> = self.address.target(path).parse();
        *request.uri_mut() = target.map_err(|it| Unanswered::Unreachable(it.to_string()))?;
        request.headers_mut().insert(HOST, self.host.clone());
        while let Some(mut kept) = self.kept() {
            let again = again(&request);
            match kept.try_send_request(request).await {
                Ok(response) => return Ok(self.lend(kept, response)),
                Err(mut error) => match error.take_message().or(again) {
                    Some(unsent) => request = unsent,
                    None => return Err(Unanswered::Broken(error.into_error().to_string())),
                },
            }
        }
        let mut fresh = self.connect().await.map_err(Unanswered::Unreachable)?;
        let answered = fresh.send_request(request).await;
        let response = answered.map_err(|error| Unanswered::Broken(error.to_string()))?;
        Ok(self.lend(fresh, response))
    }

    /// Whether somebody takes a connection.
    pub(crate) async fn is_reachable(&self) -> bool {
        match self.kept() {
            Some(kept) => {
                self.keep(kept);
                true
            }
            None => self.connect().await.map(|fresh| self.keep(fresh)).is_ok(),
        }
    }

    /// A connection that was kept, is still open and waits for a request.
    fn kept(&self) -> Option<Connection> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|(kept, since)| !kept.is_closed() && since.elapsed() < KEPT);
        // One whose last request was answered before it was sent is not ready yet.
        let ready = idle.iter().rposition(|(kept, _)| kept.is_ready())?;
        Some(idle.swap_remove(ready).0)
    }

    fn keep(&self, connection: Connection) {
        keep(&self.idle, connection);
    }

    fn lend(&self, connection: Connection, response: Response<Incoming>) -> Response<Lent> {
        let idle = Arc::clone(&self.idle);
        response.map(|body| {
            let mut lent = Lent { body, connection: Some(connection), idle };
            if lent.body.is_end_stream() {
                lent.give_back();
            }
            lent
        })
    }

    async fn connect(&self) -> Result<Connection, String> {
        let place = (self.address.host.as_str(), self.address.port);
        let stream = TcpStream::connect(place).await.map_err(|error| error.to_string())?;
        let _ = stream.set_nodelay(true);
        let Some(tls) = &self.tls else { return opened(stream).await };
        let name = ServerName::try_from(self.address.host.clone());
        let name = name.map_err(|error| error.to_string())?;
        let secret = tls.connect(name, stream).await.map_err(|error| error.to_string())?;
        opened(secret).await
    }
}

async fn opened<S>(stream: S) -> Result<Connection, String>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
{
    let shaken = http1::handshake(TokioIo::new(stream)).await;
    let (connection, driver) = shaken.map_err(|error| error.to_string())?;
    tokio::spawn(async move {
        // Its end is seen by the request that it ends.
        let _ = driver.await;
    });
    Ok(connection)
}

fn keep(idle: &Idle, connection: Connection) {
    let mut idle = idle.lock().unwrap_or_else(PoisonError::into_inner);
    if idle.len() < MOST_IDLE && !connection.is_closed() {
        idle.push((connection, Instant::now()));
    }
}

/// The same request once more, for a server that closes a kept connection just then: only where
/// doing it twice is doing it once.
fn again(request: &Request<Sent>) -> Option<Request<Sent>> {
    let is_safe = request.method().is_idempotent() && request.body().is_end_stream();
    is_safe.then(|| {
        let mut again = Request::new(empty());
        *again.method_mut() = request.method().clone();
        *again.uri_mut() = request.uri().clone();
        *again.headers_mut() = request.headers().clone();
        again
    })
}

/// A body whose connection is kept once all of it was read.
pub(crate) struct Lent {
    body: Incoming,
    connection: Option<Connection>,
    idle: Arc<Idle>,
}

impl Lent {
    fn give_back(&mut self) {
        if let Some(connection) = self.connection.take() {
            keep(&self.idle, connection);
        }
    }
}

impl Body for Lent {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        match &polled {
            Poll::Ready(Some(Err(_))) => self.connection = None,
            Poll::Ready(None) => self.give_back(),
            Poll::Ready(Some(Ok(_))) if self.body.is_end_stream() => self.give_back(),
            _ => {}
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

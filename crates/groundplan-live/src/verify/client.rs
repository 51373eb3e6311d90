//! A small HTTP/1.1 client: one connection, kept alive, with limits on time and size.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Request, Uri};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::verify_error::VerifyError;

/// How long an answer may take.
pub(super) const TIMEOUT: Duration = Duration::from_secs(10);

/// Larger answers are not read.
const ANSWER_BYTES: usize = 16 * 1024 * 1024;

/// An answer, read to its end.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Answer {
    /// A header's text; empty where there is none.
    pub(super) fn header(&self, name: http::HeaderName) -> &str {
        self.headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default()
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum NoAnswer {
    /// The connection broke, or it took too long: to be read after `METHOD path`.
    Broken(String),
    /// Nobody listens any more.
    Gone(VerifyError),
}

/// A connection to the service, made again when it was closed.
pub(super) struct Client {
    authority: String,
    prefix: String,
    sender: Option<SendRequest<Full<Bytes>>>,
}

impl Client {
    pub(super) fn new(url: &str) -> Result<Self, VerifyError> {
        let address =
            |reason: &str| VerifyError::Address { url: url.to_owned(), reason: reason.to_owned() };
        let uri: Uri = url.parse().map_err(|error| address(&format!("{error}")))?;
        match uri.scheme_str() {
            Some("http") => {}
            Some("https") => return Err(VerifyError::Tls { url: url.to_owned() }),
            _ => return Err(address("it does not begin with http://")),
        }
        let authority = uri.authority().ok_or_else(|| address("it names no host"))?;
        let port = authority.port_u16().unwrap_or(80);
        let prefix = uri.path().trim_end_matches('/').to_owned();
        Ok(Self { authority: format!("{}:{port}", authority.host()), prefix, sender: None })
    }

    /// Another connection to the same service.
    pub(super) fn another(&self) -> Self {
        Self { authority: self.authority.clone(), prefix: self.prefix.clone(), sender: None }
    }

    pub(super) fn authority(&self) -> &str {
        &self.authority
    }

    /// The whole address of a path.
    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{}{path}", self.authority, self.prefix)
    }

    /// The path that the service sees.
    pub(super) fn path(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// Connects, if that is not done yet.
    pub(super) async fn connect(&mut self) -> Result<(), VerifyError> {
        let open = self.sender.as_ref().is_some_and(|sender| !sender.is_closed());
        if open {
            return Ok(());
        }
        let refused =
            |source| VerifyError::Unreachable { authority: self.authority.clone(), source };
        let stream = timeout(TIMEOUT, TcpStream::connect(self.authority.as_str())).await;
        let stream = stream.unwrap_or_else(|_| Err(std::io::ErrorKind::TimedOut.into()));
        let stream = stream.map_err(refused)?;
        let _ = stream.set_nodelay(true);
        let made = http1::handshake(TokioIo::new(stream)).await;
        let (sender, connection) = made.map_err(|error| refused(std::io::Error::other(error)))?;
        tokio::spawn(async move {
            // Its end is seen by the request that it ends.
            let _ = connection.await;
        });
        self.sender = Some(sender);
        Ok(())
    }

    /// Makes a request and reads its answer.
    pub(super) async fn send(&mut self, request: Request<Full<Bytes>>) -> Result<Answer, NoAnswer> {
        let sent = timeout(TIMEOUT, self.exchange(request)).await;
        let answer = sent.unwrap_or_else(|_| {
            let reason = format!("gave no answer within {} s", TIMEOUT.as_secs());
            Err(NoAnswer::Broken(reason))
        });
        if answer.is_err() {
            // What is left on the connection belongs to this request.
            self.sender = None;
        }
        answer
    }

    async fn exchange(&mut self, request: Request<Full<Bytes>>) -> Result<Answer, NoAnswer> {
        let mut request = request;
        loop {
            self.connect().await.map_err(gone)?;
            let Some(mut sender) = self.sender.take() else {
                return Err(NoAnswer::Broken("has no connection".to_owned()));
            };
            if sender.ready().await.is_err() {
                continue;
            }
            match sender.try_send_request(request).await {
                Ok(response) => {
                    let answer = read(response).await;
                    self.sender = Some(sender);
                    return answer;
                }
                Err(mut failed) => match failed.take_message() {
                    // The service closed an idle connection; the request never left.
                    Some(unsent) => request = unsent,
                    None => return Err(broken(&failed.into_error())),
                },
            }
        }
    }
}

async fn read(response: http::Response<hyper::body::Incoming>) -> Result<Answer, NoAnswer> {
    let (parts, body) = response.into_parts();
    let collected = Limited::new(body, ANSWER_BYTES).collect().await;
    let body = collected.map_err(|error| {
        NoAnswer::Broken(format!("answered {} with an unreadable body: {error}", parts.status))
    })?;
    let (status, headers) = (parts.status.as_u16(), parts.headers);
    Ok(Answer { status, headers, body: body.to_bytes() })
}

fn broken(error: &hyper::Error) -> NoAnswer {
    NoAnswer::Broken(format!("got no answer: {error}"))
}

fn gone(error: VerifyError) -> NoAnswer {
    NoAnswer::Gone(match error {
        VerifyError::Unreachable { authority, source } => VerifyError::Gone { authority, source },
        other => other,
    })
}

//! One message to another server, by plain HTTP.

use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST};
use http::{Request, Uri};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How long one message may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Of an answer, no more is read.
const ANSWER_BYTES: usize = 64 * 1024;

/// Where messages go.
#[derive(Clone, Debug)]
pub(super) struct Target {
    authority: String,
    path: String,
}

impl Target {
    /// `path` below the address `base`.
    pub(super) fn new(base: &str, path: &str) -> Result<Self, String> {
        let uri: Uri = base.parse().map_err(|error| format!("it is no address: {error}"))?;
        match uri.scheme_str() {
            Some("http") => {}
            Some("https") => {
                return Err("TLS to a collector is not supported; run one beside the service \
                            and name it with http://"
                    .to_owned());
            }
            _ => return Err("it does not begin with http://".to_owned()),
        }
        let authority = uri.authority().ok_or("it names no host")?;
        let authority = format!("{}:{}", authority.host(), authority.port_u16().unwrap_or(80));
        Ok(Self { authority, path: format!("{}{path}", uri.path().trim_end_matches('/')) })
    }

    /// For messages to people.
    pub(super) fn address(&self) -> String {
        format!("http://{}{}", self.authority, self.path)
    }

    /// Sends `body`; fails where it is not taken with a status of success.
    pub(super) async fn post(&self, media_type: &str, body: String) -> Result<(), String> {
        let sent = timeout(PATIENCE, self.exchange(media_type, body)).await;
        sent.unwrap_or_else(|_| Err(format!("no answer within {} s", PATIENCE.as_secs())))
    }

    async fn exchange(&self, media_type: &str, body: String) -> Result<(), String> {
        let stream = TcpStream::connect(&self.authority).await.map_err(said)?;
        let (mut sender, connection) =
            http1::handshake(TokioIo::new(stream)).await.map_err(said)?;
        tokio::spawn(async move {
            // Its end is seen by the request that it ends.
            let _ = connection.await;
        });
        let request = Request::post(&self.path)
            .header(HOST, &self.authority)
            .header(CONTENT_TYPE, media_type)
            .body(Full::new(Bytes::from(body)))
            .map_err(said)?;
        let response = sender.send_request(request).await.map_err(said)?;
        let status = response.status();
        let read = Limited::new(response.into_body(), ANSWER_BYTES).collect().await;
        read.map_err(said)?;
        if status.is_success() { Ok(()) } else { Err(format!("it answered {status}")) }
    }
}

fn said(error: impl ToString) -> String {
    error.to_string()
}

//! One small document by HTTP: the key set of an identity provider.

use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, HOST};
use http::{Request, Uri};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::client::conn::http1;
use hyper::rt::{Read, Write};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// How long the whole exchange may take.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The body of a success at `url`, of at most `limit_bytes`; or what happened instead.
pub(super) async fn get(url: &str, limit_bytes: usize) -> Result<Vec<u8>, String> {
    let uri: Uri = url.parse().map_err(|_| "this is no address".to_owned())?;
    let exchange = exchange(&uri, limit_bytes);
    let answered = tokio::time::timeout(TIMEOUT, exchange).await;
    answered.map_err(|_| format!("no answer in {} s", TIMEOUT.as_secs()))?
}

async fn exchange(uri: &Uri, limit_bytes: usize) -> Result<Vec<u8>, String> {
    let host = uri.host().ok_or("the address names no host")?;
    let is_tls = uri.scheme_str() == Some("https");
    let port = uri.port_u16().unwrap_or(if is_tls { 443 } else { 80 });
    if is_tls {
        return Err("https is not built in; give a file, or an http address on this machine".into());
    }
    let stream = TcpStream::connect((host, port)).await.map_err(|error| error.to_string())?;
    ask(TokioIo::new(stream), uri, limit_bytes).await
}

async fn ask<S>(stream: S, uri: &Uri, limit_bytes: usize) -> Result<Vec<u8>, String>
where
    S: Read + Write + Unpin + Send + 'static,
{
    let (mut sender, connection) =
        http1::handshake(stream).await.map_err(|error| error.to_string())?;
    let driver = tokio::spawn(connection);
    let path = uri.path_and_query().map_or("/", |it| it.as_str());
    let authority = uri.authority().map_or("", |it| it.as_str());
    let request = Request::get(path).header(HOST, authority).header(ACCEPT, "application/json");
    let request = request.body(Empty::<Bytes>::new()).map_err(|error| error.to_string())?;
    let answer = sender.send_request(request).await.map_err(|error| error.to_string())?;
    if !answer.status().is_success() {
        return Err(format!("the answer was {}", answer.status()));
    }
    let body = Limited::new(answer.into_body(), limit_bytes).collect().await;
    driver.abort();
    body.map(|it| it.to_bytes().to_vec()).map_err(|error| error.to_string())
}

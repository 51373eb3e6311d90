//! One small document by HTTP: the key set of an identity provider.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, HOST};
use http::{Request, Uri};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::client::conn::http1;
use hyper::rt::{Read, Write};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// How long the whole exchange may take.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Where systems keep the authorities that they trust: Debian, Fedora, Alpine and macOS.
const AUTHORITIES: [&str; 3] =
    ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"];

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
    let stream = TcpStream::connect((host, port)).await.map_err(|error| error.to_string())?;
    if !is_tls {
        return ask(TokioIo::new(stream), uri, limit_bytes).await;
    }
    let name = ServerName::try_from(host.to_owned()).map_err(|error| error.to_string())?;
    let secret = connector()?.connect(name, stream).await.map_err(|error| error.to_string())?;
    ask(TokioIo::new(secret), uri, limit_bytes).await
}

/// Trusts whom this system trusts.
fn connector() -> Result<TlsConnector, String> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(authorities());
    if roots.is_empty() {
        return Err("no certificate authority is known here; name a file in SSL_CERT_FILE".into());
    }
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| error.to_string())?;
    let config = builder.with_root_certificates(roots).with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// The certificates of the first file that has some.
fn authorities() -> Vec<CertificateDer<'static>> {
    let named = std::env::var_os("SSL_CERT_FILE").map(PathBuf::from);
    let files = named.into_iter().chain(AUTHORITIES.map(PathBuf::from));
    let read = |path: PathBuf| -> Vec<CertificateDer<'static>> {
        let found = CertificateDer::pem_file_iter(path).ok();
        found.into_iter().flatten().filter_map(Result::ok).collect()
    };
    files.map(read).find(|found| !found.is_empty()).unwrap_or_default()
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

//! TLS by certificate files.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ServerConfig, version};

use super::listen::Stream;
use super::{StartError, TlsFiles};

#[cfg(test)]
mod tests;

/// A client that has not shaken hands by then is not waited for.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// Makes connections secret.
#[derive(Clone)]
pub(super) struct Tls {
    acceptor: TlsAcceptor,
}

impl Tls {
    /// With the identity that the files hold.
    pub(super) fn open(files: &TlsFiles) -> Result<Self, StartError> {
        let certificates = certificates(&files.certificate)?;
        let key =
            PrivateKeyDer::from_pem_file(&files.key).map_err(|error| refuse(&files.key, &error))?;
        let versions = &[&version::TLS13, &version::TLS12];
        let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let builder = builder.with_protocol_versions(versions);
        let builder = builder.map_err(|error| refuse(&files.certificate, &error))?;
        let config = builder.with_no_client_auth().with_single_cert(certificates, key);
        let mut config = config.map_err(|error| refuse(&files.key, &error))?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { acceptor: TlsAcceptor::from(Arc::new(config)) })
    }

    /// Shakes hands; `None` where the client does not.
    pub(super) async fn accept(&self, stream: Box<dyn Stream>) -> Option<Box<dyn Stream>> {
        let secret = timeout(HANDSHAKE, self.acceptor.accept(stream)).await.ok()?;
        secret.ok().map(|secret| Box::new(secret) as Box<dyn Stream>)
    }
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, StartError> {
    let read = CertificateDer::pem_file_iter(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let read = read.map_err(|error| refuse(path, &error))?;
    if read.is_empty() {
        return Err(refuse(path, &"it holds no certificate"));
    }
    Ok(read)
}

fn refuse(path: &Path, reason: &impl ToString) -> StartError {
    StartError::Tls { path: path.to_owned(), reason: reason.to_string() }
}

//! Whom a client believes: the authorities that this system trusts.

use std::path::PathBuf;
use std::sync::Arc;

use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// Where systems keep the authorities that they trust: Debian, Fedora, Alpine and macOS.
const AUTHORITIES: [&str; 3] =
    ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"];

/// Trusts whom this system trusts.
pub(super) fn connector() -> Result<TlsConnector, String> {
    Ok(TlsConnector::from(Arc::new(config()?)))
}

/// The same, for those who connect by themselves.
pub(crate) fn config() -> Result<ClientConfig, String> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(authorities());
    if roots.is_empty() {
        return Err("no certificate authority is known here; name a file in SSL_CERT_FILE".into());
    }
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| error.to_string())?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
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

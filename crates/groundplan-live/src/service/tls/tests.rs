//! TLS with an identity that is for these tests alone: `localhost`, signed by itself.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::{StartError, Tls, TlsFiles, certificates};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/service/tls").join(name)
}

fn files() -> TlsFiles {
    TlsFiles { certificate: file("certificate.pem"), key: file("key.pem") }
}

fn connector() -> TlsConnector {
    let mut roots = RootCertStore::empty();
    for certificate in certificates(&file("certificate.pem")).expect("it is there") {
        roots.add(certificate).expect("it is one");
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring has them")
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

#[tokio::test]
async fn a_client_that_trusts_the_certificate_talks_in_secret() {
    let tls = Tls::open(&files()).expect("the files are an identity");
    let (ours, theirs) = duplex(64 * 1024);
    let serving = tokio::spawn(async move {
        let mut stream = tls.accept(Box::new(ours)).await.expect("the client shakes hands");
        let mut word = [0; 4];
        stream.read_exact(&mut word).await.expect("a word");
        stream.write_all(&word).await.expect("it is taken");
        stream.shutdown().await.expect("it ends");
    });
    let name = ServerName::try_from("localhost").expect("a name");
    let mut stream = connector().connect(name, theirs).await.expect("the service is who it says");
    stream.write_all(b"ping").await.expect("it is taken");
    let mut word = [0; 4];
    stream.read_exact(&mut word).await.expect("a word");
    assert_eq!(&word, b"ping");
    serving.await.expect("no panic");
}

#[tokio::test]
async fn a_client_that_does_not_shake_hands_is_let_go() {
    let tls = Tls::open(&files()).expect("the files are an identity");
    let (ours, mut theirs) = duplex(1024);
    theirs.write_all(b"GET / HTTP/1.1\r\n\r\n").await.expect("there is room");
    assert!(tls.accept(Box::new(ours)).await.is_none());
}

#[test]
fn files_that_are_no_identity_are_refused_with_the_way_out() {
    let (certificate, key) = (file("certificate.pem"), file("key.pem"));
    for wrong in [
        TlsFiles { certificate: key.clone(), key: key.clone() },
        TlsFiles { certificate: certificate.clone(), key: certificate.clone() },
        TlsFiles { certificate: file("nowhere.pem"), key },
    ] {
        let refused = Tls::open(&wrong).err().expect("they are no identity");
        assert!(matches!(refused, StartError::Tls { .. }));
        assert!(refused.to_string().contains("--tls-cert"), "{refused}");
    }
}

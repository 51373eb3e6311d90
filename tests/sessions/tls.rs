//! The servers of a service spoken to by TLS: PostgreSQL and Redis.

use std::path::PathBuf;
use std::process::Command;

use groundplan_tests::{TestDatabase, postgres, redis_by_tls, root};

use super::http::request;
use super::program::{Serving, command};
use crate::folder::Folder;

/// Who vouches for the servers of the tests.
fn authority() -> PathBuf {
    root().join("crates/groundplan-live/src/service/tls/certificate.pem")
}

/// The database's address by name, as its certificate has it.
fn by_tls(database: &TestDatabase) -> String {
    format!("{}?sslmode=verify-full", database.url().replace("127.0.0.1", "localhost"))
}

fn run(folder: &Folder, options: &[&str], trusted: Option<PathBuf>) -> Command {
    let mut command = command(folder.path(), &[&["run", ".", "--port", "0"], options].concat());
    command.env("SSL_CERT_FILE", trusted.unwrap_or_else(|| "/nowhere.pem".into()));
    command
}

#[test]
fn a_service_speaks_in_secret_to_a_database_whose_certificate_is_vouched_for() {
    let Some(database) = postgres() else { return };
    let folder = Folder::example();
    let service = Serving::of(run(&folder, &["--database", &by_tls(&database)], Some(authority())));
    let ready = request("GET", &format!("{}/readyz?verbose", service.url()), &[], "");
    assert_eq!(ready.json()["components"]["database"]["status"], "ready", "{ready:?}");
    let (secret, open) = database.connections();
    assert!(secret > 0 && open == 0, "{secret} by TLS, {open} without");
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_refused_with_the_way_out() {
    let Some(database) = postgres() else { return };
    let folder = Folder::example();
    let refused = run(&folder, &["--database", &by_tls(&database)], None).output();
    let refused = refused.expect("the program starts");
    let told = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(2), "{told}");
    assert!(told.contains("certificate") && told.contains("SSL_CERT_FILE"), "{told}");
}

#[test]
fn a_cache_is_spoken_to_in_secret() {
    let Some(cache) = redis_by_tls() else { return };
    let folder = Folder::example();
    let options = ["--database", ":memory:", "--cache", &cache];
    let ready = |service: &Serving| {
        let answer = request("GET", &format!("{}/readyz?verbose", service.url()), &[], "");
        answer.json()["components"]["cache"]["status"].clone()
    };
    let trusting = Serving::of(run(&folder, &options, Some(authority())));
    assert_eq!(ready(&trusting), "ready");
    let doubting = Serving::of(run(&folder, &options, None));
    assert_ne!(ready(&doubting), "ready");
}

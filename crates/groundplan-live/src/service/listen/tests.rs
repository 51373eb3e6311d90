//! Socket files.

use std::path::PathBuf;

use super::{Listener, StartError};

fn path(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("groundplan-{}-{name}.sock", std::process::id()))
}

#[tokio::test]
async fn a_socket_file_goes_with_its_service_and_one_left_over_is_replaced() {
    let path = path("left");
    drop(std::os::unix::net::UnixListener::bind(&path).expect("a socket file"));
    assert!(path.exists(), "the standard library leaves it");
    let listener = Listener::unix(&path).expect("nobody listens there");
    assert!(matches!(Listener::unix(&path), Err(StartError::Socket { .. })), "somebody does now");
    drop(listener);
    assert!(!path.exists());
}

#[tokio::test]
async fn another_file_is_never_removed() {
    let path = path("text");
    std::fs::write(&path, "mine").expect("it is written");
    let refused = Listener::unix(&path).expect_err("a file is in the way");
    assert!(refused.to_string().contains("--unix-socket"), "{refused}");
    assert_eq!(std::fs::read(&path).expect("it is there"), b"mine");
    std::fs::remove_file(&path).expect("it is removed");
}

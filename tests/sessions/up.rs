//! `up`: the README's first command.

use super::http::request;
use super::program::{Serving, groundplan};
use crate::folder::Folder;

#[test]
fn once_prints_the_verdict_and_writes_nothing() {
    let folder = Folder::example();
    let run = groundplan(folder.path(), &["up", ".", "--once"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let last = run.stdout.lines().last().expect("a verdict");
    assert!(last.contains(" 0 failed"), "{run:?}");
    assert!(!folder.path().join(".groundplan").exists(), "it left something behind");
    assert!(!folder.path().join("docs/.groundplan").exists(), "it left something behind");
}

#[test]
fn up_goes_on_serving_until_it_is_interrupted() {
    let folder = Folder::example();
    let service = Serving::start(folder.path(), &["up", ".", "--port", "0"]);
    assert!(service.greeting.contains(" 0 failed"), "{}", service.greeting);
    let docs = request("GET", &format!("{}/docs", service.url()), &[], "");
    assert_eq!(docs.status, 200);
    let (status, _) = service.interrupt();
    assert_eq!(status.code(), Some(0));
}

#[test]
fn a_contradiction_in_the_documents_fails_the_run_though_the_service_is_right() {
    let folder = Folder::example();
    folder.write("docs/notes.md", b"# Notes\n\n[gone](gone.md)\n");
    let run = groundplan(folder.path(), &["up", ".", "--once"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stdout.contains("broken-link"), "{run:?}");
    assert!(run.stdout.contains(" 0 failed"), "{run:?}");
}

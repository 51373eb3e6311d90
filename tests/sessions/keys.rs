//! `run`: a write that is asked for twice is done once.

use super::http::{Answer, request};
use super::program::{Serving, groundplan};
use crate::folder::Folder;

const JSON: &str = "Content-Type: application/json";
const BODY: &str = r#"{"name": "invoices"}"#;

fn token(folder: &Folder, subject: &str) -> String {
    let run = groundplan(folder.path(), &["token", ".", "--subject", subject]);
    format!("Authorization: Bearer {}", run.stdout.trim())
}

fn create(url: &str, token: &str, key: &str, body: &str) -> Answer {
    let key = format!("Idempotency-Key: \"{key}\"");
    request("POST", &format!("{url}/api/v1/datasets"), &[token, JSON, &key], body)
}

fn count(url: &str, token: &str) -> usize {
    let all = request("GET", &format!("{url}/api/v1/datasets"), &[token], "");
    all.body.matches("\"created_at\"").count()
}

#[test]
fn the_second_request_gets_the_first_ones_answer_also_after_a_restart() {
    let folder = Folder::example();
    let arguments = ["run", ".", "--port", "0"];
    let service = Serving::start(folder.path(), &arguments);
    let token = token(&folder, "ada");
    let first = create(service.url(), &token, "k-1", BODY);
    assert_eq!(first.status, 201, "{first:?}");
    assert_eq!(first.header("idempotent-replayed"), None);
    let again = create(service.url(), &token, "k-1", BODY);
    assert_eq!((again.status, &again.body), (201, &first.body));
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!(again.header("etag"), first.header("etag"));
    service.interrupt();
    let service = Serving::start(folder.path(), &arguments);
    assert_eq!(create(service.url(), &token, "k-1", BODY).body, first.body);
    assert_eq!(count(service.url(), &token), 1);
}

#[test]
fn a_key_is_one_callers_and_for_one_request() {
    let folder = Folder::example();
    let service =
        Serving::start(folder.path(), &["run", ".", "--port", "0", "--database", ":memory:"]);
    let (ada, bob) = (token(&folder, "ada"), token(&folder, "bob"));
    let url = service.url();
    assert_eq!(create(url, &ada, "k", BODY).status, 201);
    let other = create(url, &ada, "k", &BODY.replace("invoices", "bills"));
    assert_eq!(other.status, 422, "{other:?}");
    let his = create(url, &bob, "k", BODY);
    assert_eq!((his.status, his.header("idempotent-replayed")), (201, None));
    assert_eq!((count(url, &ada), count(url, &bob)), (1, 1));
}

#[test]
fn a_write_that_was_refused_may_be_mended_and_sent_again_with_its_key() {
    let folder = Folder::example();
    let service =
        Serving::start(folder.path(), &["run", ".", "--port", "0", "--database", ":memory:"]);
    let (url, token) = (service.url(), token(&folder, "ada"));
    assert_eq!(create(url, &token, "k", "{}").status, 422);
    assert_eq!(create(url, &token, "k", BODY).status, 201);
    // The same name again is refused by the database, and leaves no key behind.
    assert_eq!(create(url, &token, "other", BODY).status, 409);
    let mended = create(url, &token, "other", &BODY.replace("invoices", "bills"));
    assert_eq!(mended.status, 201, "{mended:?}");
    let wrong = create(url, &token, "", BODY);
    assert_eq!(wrong.status, 400, "{wrong:?}");
}

#[test]
fn two_requests_at_once_with_one_key_are_done_once() {
    let folder = Folder::example();
    let service =
        Serving::start(folder.path(), &["run", ".", "--port", "0", "--database", ":memory:"]);
    let (url, token) = (service.url(), token(&folder, "ada"));
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let asking: Vec<_> =
            (0..8).map(|_| scope.spawn(|| create(url, &token, "k", BODY).status)).collect();
        asking.into_iter().map(|it| it.join().expect("an answer")).collect()
    });
    assert!(statuses.iter().all(|it| matches!(it, 201 | 409)), "{statuses:?}");
    assert!(statuses.contains(&201));
    assert_eq!(count(url, &token), 1);
}

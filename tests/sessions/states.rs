//! `run`: changes on condition, and reads of what the client has already.

use super::http::{Answer, request};
use super::program::{Serving, groundplan};
use crate::folder::Folder;

const JSON: &str = "Content-Type: application/json";

/// A service with one row.
struct Made {
    _folder: Folder,
    _service: Serving,
    token: String,
    address: String,
    tag: String,
}

impl Made {
    fn row() -> Self {
        let folder = Folder::example();
        let arguments = ["run", ".", "--port", "0", "--database", ":memory:"];
        let service = Serving::start(folder.path(), &arguments);
        let token = groundplan(folder.path(), &["token", "."]).stdout;
        let token = format!("Authorization: Bearer {}", token.trim());
        let body = r#"{"name": "invoices"}"#;
        let datasets = format!("{}/api/v1/datasets", service.url());
        let made = request("POST", &datasets, &[&token, JSON], body);
        assert_eq!(made.status, 201, "{made:?}");
        let id = made.json()["id"].as_str().expect("an id").to_owned();
        let tag = tag(&made);
        Self { _folder: folder, _service: service, token, address: format!("{datasets}/{id}"), tag }
    }

    fn ask(&self, method: &str, condition: &str, body: &str) -> Answer {
        request(method, &self.address, &[&self.token, JSON, condition], body)
    }
}

fn tag(answer: &Answer) -> String {
    answer.header("etag").unwrap_or_else(|| panic!("no tag in {answer:?}")).to_owned()
}

#[test]
fn a_row_has_one_tag_wherever_it_is_answered_until_it_changes() {
    let it = Made::row();
    let read = it.ask("GET", "Accept: */*", "");
    assert_eq!(tag(&read), it.tag);
    let small = it.ask("GET", "Accept-Encoding: gzip", "");
    assert_eq!(tag(&small), it.tag, "it is too small to be compressed");
    let changed = it.ask("PATCH", "Accept: */*", r#"{"name": "bills"}"#);
    assert_ne!(tag(&changed), it.tag);
    assert_eq!(tag(&it.ask("GET", "Accept: */*", "")), tag(&changed));
}

#[test]
fn a_change_of_a_state_that_is_gone_is_refused_and_changes_nothing() {
    let it = Made::row();
    let current = format!("If-Match: {}", it.tag);
    let changed = it.ask("PATCH", &current, r#"{"name": "bills"}"#);
    assert_eq!(changed.status, 200, "{changed:?}");
    // The document has a row for 409, which says nothing of versions: rule D8.
    let stale = it.ask("PATCH", &current, r#"{"name": "receipts"}"#);
    assert_eq!(stale.status, 412, "{stale:?}");
    assert!(stale.body.contains("precondition_failed") || stale.body.contains("If-Match"));
    assert_eq!(it.ask("GET", "Accept: */*", "").json()["name"], "bills");
    assert_eq!(it.ask("DELETE", &current, "").status, 412);
    assert_eq!(it.ask("DELETE", &format!("If-Match: {}", tag(&changed)), "").status, 204);
    assert_eq!(it.ask("DELETE", "If-Match: *", "").status, 404, "there is no row any more");
}

#[test]
fn a_client_that_has_the_row_gets_no_body() {
    let it = Made::row();
    let known = it.ask("GET", &format!("If-None-Match: W/{}", it.tag), "");
    assert_eq!((known.status, known.body.as_str()), (304, ""), "{known:?}");
    assert_eq!(tag(&known), it.tag);
    let other = it.ask("GET", "If-None-Match: \"other\"", "");
    assert_eq!(other.status, 200);
    if let Some(date) = other.header("last-modified") {
        let since = it.ask("GET", &format!("If-Modified-Since: {date}"), "");
        assert_eq!(since.status, 304, "{since:?}");
    }
}

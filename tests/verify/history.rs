//! The history of a row at the document's own endpoint, and marks that are undone; on both databases.

use groundplan_live::{Database, mint};
use groundplan_tests::postgres;
use serde_json::Value;

use super::assert_all_passed;
use super::service::{KEY, Service, key_options, plan};
use crate::sessions::http::{Answer, request};

const NOTES: &str = "\
# Notes

## Security

Every request needs a bearer token (JWT). Callers see and change only their own notes.

## API

| Method | Endpoint | Purpose | Request | Response |
|--------|----------|---------|---------|----------|
| GET | /notes | List notes | - | 200: Note[] |
| POST | /notes | Write a note | Note object | 201: Note |
| GET | /notes/{id} | Read a note | - | 200: Note |
| PATCH | /notes/{id} | Change a note | Note object | 200: Note |
| POST | /notes/{id}/archive | Put a note away | - | 200: Note |
| POST | /notes/{id}/restore | Take it out again | - | 200: Note |
| POST | /notes/{id}/disable | Switch it off | - | 200: Note |
| GET | /notes/{id}/history | What became of a note | ?limit&action | see below |

| Error Code | Meaning |
|------------|---------|
| 400 | The request is broken |
| 401 | No token |
| 404 | There is no such note |
| 422 | Fields do not fit |

#### GET /notes/{id}/history

**Response** (200):

```json
{\"entries\": [{\"id\": 2, \"timestamp\": \"2026-01-02T03:04:05Z\", \"changedBy\": \"ann\",
  \"action\": \"update\", \"record_id\": \"n1\", \"before\": {}, \"after\": {}}],
  \"total\": 2}
```

```sql
CREATE TABLE notes (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    owner_id TEXT NOT NULL,
    title VARCHAR(80) NOT NULL,
    enabled BOOLEAN NOT NULL DEFAULT true,
    archived_at TIMESTAMPTZ
);
```
";

struct Notes(Service);

impl Notes {
    fn ask(&self, who: &str, method: &str, path: &str, body: &str) -> Answer {
        let token = format!("Authorization: Bearer {}", mint(KEY, who, i64::MAX / 1_000_000_000));
        let json = "Content-Type: application/json";
        let headers: &[&str] = if body.is_empty() { &[&token] } else { &[&token, json] };
        request(method, &format!("{}{path}", self.0.url()), headers, body)
    }

    fn note(&self) -> String {
        let made = self.ask("ann", "POST", "/notes", r#"{"title": "a"}"#).json();
        format!("/notes/{}", made["id"].as_str().expect("an id"))
    }
}

fn on_both(test: impl Fn(Notes)) {
    let plan = plan("docs/notes.md", NOTES);
    test(Notes(Service::start(&plan, None)));
    if let Some(database) = postgres() {
        test(Notes(Service::start_on(Database::Postgres(database.url()), &plan, None)));
    }
}

fn actions(page: &Value) -> Vec<&str> {
    let entries = page["entries"].as_array().into_iter().flatten();
    entries.filter_map(|it| it["action"].as_str()).collect()
}

#[test]
fn a_service_with_histories_holds_what_its_document_says() {
    on_both(|notes| {
        let report = notes.0.verify(&key_options(notes.0.url())).expect("it answers");
        assert_all_passed(&report);
    });
}

#[test]
fn the_history_of_a_row_has_every_write_the_newest_first_and_by_pages() {
    on_both(|notes| {
        let note = notes.note();
        notes.ask("ann", "PATCH", &note, r#"{"title": "b"}"#);
        let page = notes.ask("ann", "GET", &format!("{note}/history"), "").json();
        assert_eq!(actions(&page), ["update", "insert"], "{page}");
        assert_eq!(page["total"], 2, "{page}");
        let newest = &page["entries"][0];
        assert_eq!(newest["before"]["title"], "a", "{page}");
        assert_eq!(newest["after"]["title"], "b", "{page}");
        assert_eq!(newest["changedBy"], "ann", "{page}");
        assert_eq!(note, format!("/notes/{}", newest["record_id"].as_str().expect("a key")));
        let first = notes.ask("ann", "GET", &format!("{note}/history?limit=1"), "");
        assert_eq!(actions(&first.json()), ["update"]);
        let link = first.header("link").expect("a next page").to_owned();
        let next = link.split(['<', '>']).nth(1).expect("an address");
        assert_eq!(actions(&notes.ask("ann", "GET", next, "").json()), ["insert"]);
        let inserts = notes.ask("ann", "GET", &format!("{note}/history?action=insert"), "");
        assert_eq!(actions(&inserts.json()), ["insert"]);
    });
}

#[test]
fn who_may_not_read_a_row_does_not_find_its_history() {
    on_both(|notes| {
        let history = format!("{}/history", notes.note());
        assert_eq!(notes.ask("bob", "GET", &history, "").status, 404);
        let url = format!("{}{history}", notes.0.url());
        assert_eq!(request("GET", &url, &[], "").status, 401);
        assert_eq!(notes.ask("ann", "GET", &format!("{history}?colour=red"), "").status, 400);
        assert_eq!(actions(&notes.ask("ann", "GET", &history, "").json()), ["insert"]);
    });
}

#[test]
fn what_was_archived_is_restored_and_what_was_switched_off_is_off() {
    on_both(|notes| {
        let note = notes.note();
        let act = |verb: &str| notes.ask("ann", "POST", &format!("{note}/{verb}"), "").json();
        assert!(act("archive")["archived_at"].is_string());
        assert!(act("archive")["archived_at"].is_string(), "twice is no fault");
        assert!(act("restore")["archived_at"].is_null());
        assert!(act("restore")["archived_at"].is_null(), "twice is no fault");
        assert_eq!(act("disable")["enabled"], false);
    });
}

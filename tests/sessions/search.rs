//! Searches whose body says which rows, and rows that are marked as deleted.

use super::http::{Answer, request};
use super::program::Serving;
use crate::folder::Folder;

const DESIGN: &str = r#"# Notes

```sql
CREATE TABLE notes (
    id BIGSERIAL PRIMARY KEY,
    title TEXT NOT NULL,
    colour TEXT NOT NULL CHECK (colour IN ('red', 'green')),
    weight INTEGER NOT NULL DEFAULT 1,
    deleted_at TIMESTAMPTZ
);
```

| Method | Path | Purpose | Request | Response |
|---|---|---|---|---|
| GET | /notes | List notes | `?include_deleted` | 200: Note[] |
| POST | /notes | Add a note | Note object | 201: Note |
| DELETE | /notes/{id} | Remove a note | - | 204 |
| POST | /notes/search | Search notes | `{query, filters: {colour, weight: {min}}, sort, limit}` | 200: Note[] |
"#;

const JSON: &str = "Content-Type: application/json";

fn start() -> (Folder, Serving) {
    let folder = Folder::empty();
    folder.write("design.md", DESIGN.as_bytes());
    let args = ["run", "design.md", "--port", "0", "--database", ":memory:"];
    let service = Serving::start(folder.path(), &args);
    for (title, colour, weight) in [("One", "red", 1), ("Two", "green", 5), ("Three", "red", 9)] {
        let body = format!(r#"{{"title": "{title}", "colour": "{colour}", "weight": {weight}}}"#);
        let made = request("POST", &format!("{}/notes", service.url()), &[JSON], &body);
        assert_eq!(made.status, 201, "{made:?}");
    }
    (folder, service)
}

fn titles(answer: &Answer) -> Vec<String> {
    let rows: Vec<serde_json::Value> = serde_json::from_str(&answer.body).expect("an array");
    rows.iter().filter_map(|row| Some(row["title"].as_str()?.to_owned())).collect()
}

#[test]
fn a_search_finds_what_its_body_asks_for() {
    let (_folder, service) = start();
    let search =
        |body: &str| request("POST", &format!("{}/notes/search", service.url()), &[JSON], body);
    assert_eq!(titles(&search("{}")), ["One", "Two", "Three"]);
    assert_eq!(titles(&search(r#"{"filters": {"colour": "red"}}"#)), ["One", "Three"]);
    assert_eq!(titles(&search(r#"{"filters": {"weight": {"min": 5}}}"#)), ["Two", "Three"]);
    assert_eq!(titles(&search(r#"{"query": "T", "sort": "-weight"}"#)), ["Three", "Two"]);
    let wrong = search(r#"{"filters": {"colour": "blue", "size": 1}, "limit": "3"}"#);
    assert_eq!(wrong.status, 400, "{wrong:?}");
    for name in ["filters.colour", "filters.size", "limit"] {
        assert!(wrong.body.contains(&format!("`{name}`")), "{wrong:?}");
    }
}

#[test]
fn the_next_page_of_a_search_takes_the_same_body() {
    let (_folder, service) = start();
    let body = r#"{"filters": {"colour": "red"}, "limit": 1}"#;
    let headers = [JSON, "Prefer: return=minimal"];
    let first = request("POST", &format!("{}/notes/search", service.url()), &headers, body);
    assert_eq!(titles(&first), ["One"], "a search is no write: its rows are always answered");
    let link = first.header("link").expect("there is another page");
    let next = link.trim_start_matches('<').split('>').next().expect("an address");
    let second = request("POST", &format!("{}{next}", service.url()), &headers, body);
    assert_eq!(titles(&second), ["Three"]);
    assert_eq!(second.header("link"), None);
}

#[test]
fn deleted_rows_are_there_for_those_who_ask() {
    let (_folder, service) = start();
    let notes = format!("{}/notes", service.url());
    assert_eq!(request("DELETE", &format!("{notes}/2"), &[], "").status, 204);
    assert_eq!(titles(&request("GET", &notes, &[], "")), ["One", "Three"]);
    let all = request("GET", &format!("{notes}?include_deleted=true"), &[], "");
    assert_eq!(titles(&all), ["One", "Two", "Three"]);
}

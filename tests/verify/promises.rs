//! Headers that a document promises: proved of a service that keeps its promises, and missed of one
//! that lost some.

use std::sync::Arc;

use groundplan_live::{CachePlace, Outcome, Report};
use groundplan_model::ServicePlan;
use groundplan_tests::Meddler;

use super::service::{Service, key_options, plan};
use super::{failed, name};

const NOTES: &str = "\
# Notes

## Security

Every request carries a bearer JWT. Callers see and change only their own notes.

## Data model

```sql
CREATE TABLE notes (
    id UUID PRIMARY KEY,
    owner_id TEXT NOT NULL,
    title VARCHAR(100) NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
```

## API

Notes carry an `ETag`. A POST may carry an `Idempotency-Key`. Answers that are kept say
`X-Cache: HIT` or `X-Cache: MISS`.

| Method | Endpoint | Response | Errors |
|---|---|---|---|
| GET | /notes | 200: Note[] | |
| POST | /notes | 201: Note | |
| GET | /notes/{id} | 200: Note | 404 |
| PATCH | /notes/{id} | 200: Note | 404, 412 |

## Cache

One note is cached under `note:{id}`, a caller's list under `user_notes:{owner_id}`; an entry lives
for 3600 s, and writes drop it.
";

fn notes() -> Arc<ServicePlan> {
    plan("docs/notes.md", NOTES)
}

fn detail<'r>(report: &'r Report, row: &str) -> &'r str {
    let found = report.rows.iter().find(|it| name(it) == row);
    &found.unwrap_or_else(|| panic!("no row {row}: {:#?}", report.rows)).detail
}

#[test]
fn a_service_that_keeps_its_promises_passes_with_every_case() {
    let service = Service::start(&notes(), None);
    let report = service.verify(&key_options(service.url())).expect("it answers");
    let others = report.rows.iter().filter(|it| !matches!(it.outcome, Outcome::Passed));
    assert_eq!(others.map(name).collect::<Vec<_>>(), [""; 0], "{:#?}", report.rows);
    assert!(!report.rows.iter().any(|it| it.detail.contains("not made")), "{:#?}", report.rows);
}

#[test]
fn each_promise_that_is_lost_breaks_its_own_rows() {
    let service = Service::start(&notes(), None);
    let host = service.url().trim_start_matches("http://").to_owned();
    let (read, list) = ("GET /notes/{id} 200", "GET /notes 200");
    let lost: [(&'static [&'static str], &[&str]); 5] = [
        (&["if-match"], &["PATCH /notes/{id} 412"]),
        (&["if-none-match"], &[read]),
        (&["etag"], &[read]),
        (&["idempotency-key"], &["POST /notes 201"]),
        (&["x-cache"], &[list, read]),
    ];
    for (fields, rows) in lost {
        let meddler = Meddler::without(&host, fields);
        let report = service.verify(&key_options(meddler.url())).expect("it answers");
        assert_eq!(failed(&report), rows, "{fields:?}: {:#?}", report.rows);
    }
}

#[test]
fn a_copy_from_before_a_write_is_caught() {
    let service = Service::start(&notes(), None);
    let meddler = Meddler::forgetful(service.url().trim_start_matches("http://"));
    let report = service.verify(&key_options(meddler.url())).expect("it answers");
    for row in ["GET /notes 200", "GET /notes/{id} 200"] {
        assert!(failed(&report).contains(&row.to_owned()), "{:#?}", report.rows);
    }
}

#[test]
fn a_service_that_keeps_no_copies_is_not_to_blame() {
    let service = Service::start_with(CachePlace::Off, &notes());
    let report = service.verify(&key_options(service.url())).expect("it answers");
    assert_eq!(failed(&report), [""; 0], "{:#?}", report.rows);
    let why = "whoever asks twice gets no copy";
    assert!(detail(&report, "GET /notes 200").contains(why), "{:#?}", report.rows);
}

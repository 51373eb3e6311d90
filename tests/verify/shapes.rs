//! Services of other shapes than the example's, verified against their own documents.

use groundplan_live::{Outcome, Report};

use super::service::{Service, key_options, plan};
use super::{failed, name, names};

fn verified(document: &str) -> Report {
    let plan = plan("docs/service.md", document);
    let service = Service::start(&plan, None);
    service.verify(&key_options(service.url())).expect("it answers")
}

fn detail<'r>(report: &'r Report, row: &str) -> &'r str {
    let found = report.rows.iter().find(|it| name(it) == row);
    &found.unwrap_or_else(|| panic!("no row {row}: {:#?}", report.rows)).detail
}

/// Counted keys, every column type, a table that refers to itself, PUT, and problem details.
const LIBRARY: &str = "\
# Library

## Data Model

```sql
CREATE TABLE authors (
    id SERIAL PRIMARY KEY,
    name VARCHAR(80) NOT NULL UNIQUE,
    email VARCHAR(120) UNIQUE,
    rating NUMERIC(4,2) CHECK (rating >= 0 AND rating <= 10),
    born DATE
);

CREATE TABLE books (
    id SERIAL PRIMARY KEY,
    author_id INTEGER NOT NULL REFERENCES authors(id),
    isbn CHAR(13) NOT NULL UNIQUE,
    title TEXT NOT NULL,
    pages INTEGER NOT NULL DEFAULT 1 CHECK (pages > 0),
    price DOUBLE PRECISION,
    tags TEXT[],
    extra JSONB,
    cover BYTEA,
    sequel_id INTEGER REFERENCES books(id) ON DELETE SET NULL,
    published BOOLEAN NOT NULL DEFAULT FALSE,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);
```

## API Design

| Method | Endpoint | Purpose | Request | Response |
|--------|----------|---------|---------|----------|
| GET | /authors | List authors | Query params | 200: Author[] |
| POST | /authors | Add an author | Author object | 201: Author |
| GET | /authors/{id} | Read an author | - | 200: Author |
| PUT | /authors/{id} | Replace an author | Author object | 200: Author |
| DELETE | /authors/{id} | Remove an author | - | 204 |
| GET | /authors/{author_id}/books | List an author's books | - | 200: Book[] |
| GET | /books | List books | Query params | 200: Book[] |
| POST | /books | Add a book | Book object | 201: Book |
| GET | /books/{id} | Read a book | - | 200: Book |
| PATCH | /books/{id} | Change a book | Book object | 200: Book |
| DELETE | /books/{id} | Remove a book | - | 204 |
| POST | /books/{id}/juggle | Juggle a book | - | 200 |

### Error Handling

| Error Code | Meaning |
|------------|---------|
| 400 | The request does not fit |
| 404 | There is no such row |
| 409 | Another row is in the way |
| 500 | A fault of the service |
";

#[test]
fn an_open_service_with_every_column_type_does_what_its_document_says() {
    let report = verified(LIBRARY);
    assert_eq!(failed(&report), Vec::<String>::new(), "{:#?}", report.rows);
    let not_passed = names(&report, |it| !matches!(it, Outcome::Passed));
    assert_eq!(not_passed, ["POST /books/{id}/juggle 200", "any 500"], "{:#?}", report.rows);
}

#[test]
fn what_cannot_be_derived_is_skipped_and_never_passes() {
    let report = verified(LIBRARY);
    let skipped = names(&report, |it| matches!(it, Outcome::Skipped { .. }));
    assert_eq!(skipped, ["POST /books/{id}/juggle 200"]);
    assert!(detail(&report, "POST /books/{id}/juggle 200").starts_with("not derivable: "));
}

/// Limits beyond what is tried, statuses without a cause, and rows that nobody can make.
const LOGBOOK: &str = "\
# Logbook

## Data Model

```sql
CREATE TABLE entries (
    id UUID PRIMARY KEY,
    owner_id TEXT NOT NULL,
    line TEXT NOT NULL
);
```

## API Design

| Method | Endpoint | Purpose | Response | Errors |
|--------|----------|---------|----------|--------|
| GET | /entries | List entries | 200: Entry[] | |
| GET | /entries/{id} | Read an entry | 200: Entry | 404, 418 |

### Error Handling

| Error Code | Meaning |
|------------|---------|
| 401 | No token |
| 429 | Too many requests |

## Security

Every request carries a bearer JWT. Callers see only their own entries.
Rate limit: 50,000 requests per minute per user.
";

#[test]
fn what_no_request_causes_says_so_with_its_reason() {
    let report = verified(LOGBOOK);
    assert_eq!(failed(&report), Vec::<String>::new(), "{:#?}", report.rows);
    assert!(detail(&report, "any 429").contains("50000 requests, more than the 10000"));
    assert!(detail(&report, "GET /entries/{id} 418").starts_with("no rule that could be read"));
    let unmade = "no endpoint creates a row of `entries`";
    assert_eq!(detail(&report, "GET /entries/{id} 200"), unmade);
    let passed = names(&report, |it| matches!(it, Outcome::Passed));
    assert!(passed.contains(&"GET /entries 200".to_owned()), "{passed:?}");
    assert!(passed.contains(&"any 401".to_owned()), "{passed:?}");
}

//! Header fields that a document promises, as parameters and answers.

use serde_json::Value;

use super::{at, keys};
use crate::fixture;
use crate::openapi::openapi;

const NOTES: &str = "\
# Notes

```sql
CREATE TABLE notes (id UUID PRIMARY KEY, title TEXT NOT NULL);
```

## API

PROMISES

| Method | Endpoint | Response | Errors |
|---|---|---|---|
| POST | /notes | 201: Note | 422 |
| GET | /notes/{id} | 200: Note | 404 |
| PATCH | /notes/{id} | 200: Note | 404STALE |
";

fn described(promises: &str, stale: &str) -> Value {
    openapi(&fixture::plan(&NOTES.replace("PROMISES", promises).replace("STALE", stale)))
}

/// Names of an operation's header parameters, and whether they are required.
fn headers(operation: &Value) -> Vec<(&str, bool)> {
    let parameters = operation.get("parameters").and_then(Value::as_array);
    let in_head = parameters.into_iter().flatten().filter(|it| it["in"] == "header");
    in_head.map(|it| (it["name"].as_str().unwrap(), it["required"].as_bool().unwrap())).collect()
}

#[test]
fn what_is_promised_is_described_where_it_is_read() {
    let promises = "Notes carry an `ETag`. A POST may carry an `Idempotency-Key`.";
    let document = described(promises, ", 412");
    let read = at(&document, "/paths/~1notes~1{id}/get");
    assert_eq!(headers(read), [("If-None-Match", false)]);
    assert_eq!(keys(at(read, "/responses/304")), ["description", "headers"]);
    let change = at(&document, "/paths/~1notes~1{id}/patch");
    assert_eq!(headers(change), [("If-Match", false)]);
    let create = at(&document, "/paths/~1notes/post");
    assert_eq!(headers(create), [("Idempotency-Key", false)]);
    assert!(keys(at(create, "/responses/201/headers")).contains(&"Idempotent-Replayed"));
}

#[test]
fn a_state_that_must_be_named_is_a_required_parameter() {
    let document = described("", ", 412, 428");
    assert_eq!(headers(at(&document, "/paths/~1notes~1{id}/patch")), [("If-Match", true)]);
}

#[test]
fn what_is_not_promised_is_not_described() {
    let document = described("", "");
    for operation in super::operations(&document) {
        assert_eq!(headers(operation), []);
        assert!(operation.pointer("/responses/304").is_none());
    }
}

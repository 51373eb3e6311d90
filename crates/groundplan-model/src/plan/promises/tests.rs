//! Which routes a promise is about.

use groundplan_syntax::{Source, parse};

use crate::document::PromisedHeader;
use crate::lower;
use crate::plan::plan;
use crate::service::{Refusal, ServicePlan};

const DESIGN: &str = "# Shop

## Data model

```sql
CREATE TABLE orders (id UUID PRIMARY KEY, note TEXT NOT NULL);
CREATE TABLE products (id UUID PRIMARY KEY, name TEXT NOT NULL);
```

## API

PROMISE

| Method | Endpoint | Response | Errors |
|---|---|---|---|
| POST | /orders | 201: Order | 409 |
| GET | /orders/{id} | 200: Order | 404 |
| PATCH | /orders/{id} | 200: Order | 404, 409 |
| POST | /products | 201: Product | 422 |
| GET | /products | 200: Product[] | 400 |
| GET | /products/{id} | 200: Product | 404 |

### Errors

| Code | Meaning |
|---|---|
| 409 | CONFLICT |
";

fn planned(promise: &str, conflict: &str) -> ServicePlan {
    let text = DESIGN.replace("PROMISE", promise).replace("CONFLICT", conflict);
    let source = Source::new("design.md", &text);
    plan(&lower(&source, &parse(&source))).expect("the document states endpoints")
}

fn promised(promise: &str, header: PromisedHeader) -> Vec<String> {
    let plan = planned(promise, "taken");
    let routes = plan.routes.iter().filter(|it| it.promises(header).is_some());
    routes.map(|it| format!("{} {}", it.method.as_str(), it.path_text())).collect()
}

#[test]
fn a_tag_is_promised_of_the_rows_that_the_sentence_names_or_of_all() {
    let tags = |sentence: &str| promised(sentence, PromisedHeader::ETag);
    assert_eq!(tags("Orders carry an `ETag`."), ["GET /orders/{id}"]);
    assert_eq!(tags("Each row carries an `ETag`."), ["GET /orders/{id}", "GET /products/{id}"]);
    assert_eq!(tags("Nobody knows."), [""; 0]);
}

#[test]
fn a_key_is_promised_of_the_endpoints_that_make_rows() {
    let keys = |sentence: &str| promised(sentence, PromisedHeader::IdempotencyKey);
    let all = ["POST /orders", "POST /products"];
    assert_eq!(keys("A POST may carry an `Idempotency-Key`."), all);
    assert_eq!(keys("A POST of an order takes an `Idempotency-Key`."), ["POST /orders"]);
    let plan = planned("A POST may carry an `Idempotency-Key`.", "taken");
    let refusals = plan.refusals(plan.routes.first().expect("a route"));
    assert!(refusals.contains(&Refusal::KeyReused) && refusals.contains(&Refusal::KeyRunning));
}

#[test]
fn nothing_says_that_it_is_a_copy_where_nothing_is_kept() {
    assert_eq!(promised("Answers say `X-Cache: HIT`.", PromisedHeader::XCache), [""; 0]);
    let kept = "Answers say `X-Cache: HIT`. A product is cached under `product:{id}` for 60 s.";
    assert_eq!(promised(kept, PromisedHeader::XCache), ["GET /products/{id}"]);
}

#[test]
fn a_stale_tag_is_412_unless_the_document_calls_versions_a_conflict() {
    let status = |conflict: &str| {
        let plan = planned("", conflict);
        let change = plan.routes.iter().find(|it| it.method.as_str() == "PATCH").expect("a PATCH");
        plan.refusal_status(change, Refusal::PreconditionFailed)
    };
    assert_eq!(status("A value is taken"), 412);
    assert_eq!(status("The version is not the latest one"), 409);
    assert_eq!(status("The row changed since it was read: `If-Match` is stale"), 409);
}

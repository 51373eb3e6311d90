//! Endpoints that answer 202, verified against their own document on both databases.

use std::time::{Duration, Instant};

use groundplan_live::{Database, mint};
use groundplan_tests::postgres;
use serde_json::Value;

use super::assert_all_passed;
use super::service::{KEY, Service, key_options, plan};
use crate::sessions::http::{Answer, request};

const ORDERS: &str = "\
# Orders

## Security

Every request needs a bearer token (JWT). Callers see and change only their own orders. Every change
is in an audit log.

## API

| Method | Endpoint | Purpose | Request | Response |
|--------|----------|---------|---------|----------|
| GET | /orders | List orders | - | 200: Order[] |
| POST | /orders | Place an order | Order object | 201: Order |
| GET | /orders/{id} | Read an order | - | 200: Order |
| PATCH | /orders/{id} | Change an order | Order object | 202 |
| DELETE | /orders/{id} | Remove an order | - | 202 |
| POST | /orders/{id}/ship | Ship an order in the background | - | 202 |
| POST | /orders/{id}/deliver | Deliver an order | - | 200: Order |
| PUT | /orders/{id}/invoice | Write its invoice | Invoice object | 202 |
| GET | /orders/{id}/invoice | Read its invoice | - | 200: Invoice |
| PATCH | /orders/bulk | Change orders | Order[] | 202 |

| From | Action | To |
|------|--------|----|
| open | ship | shipped |
| shipped | deliver | delivered |

```sql
CREATE TABLE orders (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    owner_id TEXT NOT NULL,
    note VARCHAR(80),
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'shipped', 'delivered')),
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

CREATE TABLE invoices (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    order_id UUID NOT NULL UNIQUE REFERENCES orders (id) ON DELETE CASCADE,
    total INTEGER NOT NULL CHECK (total > 0)
);
```

| Error Code | Meaning |
|------------|---------|
| 400 | The body is broken |
| 401 | No token |
| 404 | There is no such order |
| 409 | The state does not allow it |
| 422 | Fields do not fit |
";

/// A service of orders, with what `ann` says to it.
struct Orders(Service);

impl Orders {
    fn ask(&self, who: &str, method: &str, path: &str, body: &str) -> Answer {
        let token = format!("Authorization: Bearer {}", mint(KEY, who, i64::MAX / 1_000_000_000));
        let json = "Content-Type: application/json";
        let headers: &[&str] = if body.is_empty() { &[&token] } else { &[&token, json] };
        request(method, &format!("{}{path}", self.0.url()), headers, body)
    }

    fn order(&self) -> String {
        let made = self.ask("ann", "POST", "/orders", r#"{"quantity": 1}"#).json();
        format!("/orders/{}", made["id"].as_str().expect("an id"))
    }

    /// The job at `path` when it is finished.
    fn finished(&self, path: &str) -> Value {
        let began = Instant::now();
        loop {
            let job = self.ask("ann", "GET", path, "").json();
            if matches!(job["status"].as_str(), Some("completed" | "failed")) {
                return job;
            }
            assert!(began.elapsed() < Duration::from_secs(20), "{job}");
        }
    }
}

fn on_both(test: impl Fn(Orders)) {
    let plan = plan("docs/orders.md", ORDERS);
    test(Orders(Service::start(&plan, None)));
    if let Some(database) = postgres() {
        test(Orders(Service::start_on(Database::Postgres(database.url()), &plan, None)));
    }
}

#[test]
fn what_is_accepted_is_done_and_what_would_be_refused_is_refused_at_once() {
    on_both(|orders| {
        let report = orders.0.verify(&key_options(orders.0.url())).expect("it answers");
        assert_all_passed(&report);
    });
}

#[test]
fn a_job_tells_its_caller_and_nobody_else_what_became_of_it() {
    on_both(|orders| {
        let order = orders.order();
        let accepted = orders.ask("ann", "POST", &format!("{order}/ship"), "");
        assert_eq!(accepted.status, 202, "{accepted:?}");
        assert_eq!(accepted.json()["status"], "queued");
        let job = accepted.header("location").expect("where the job is").to_owned();
        assert_eq!(job, format!("/_jobs/{}", accepted.json()["id"].as_str().expect("an id")));
        let done = orders.finished(&job);
        assert_eq!(
            (&done["status"], &done["attempts"]),
            (&"completed".into(), &1.into()),
            "{done}"
        );
        assert_eq!(done["answer"]["body"]["status"], "shipped", "{done}");
        assert_eq!(orders.ask("ann", "GET", &order, "").json()["status"], "shipped");
        assert_eq!(orders.ask("bob", "GET", &job, "").status, 404);
        assert_eq!(orders.ask("ann", "DELETE", &job, "").status, 405);
        assert_eq!(request("GET", &format!("{}{job}", orders.0.url()), &[], "").status, 401);
    });
}

#[test]
fn nothing_is_queued_that_would_not_work() {
    on_both(|orders| {
        let order = orders.order();
        let wrong = orders.ask("ann", "PATCH", &order, r#"{"quantity": 0}"#);
        assert_eq!((wrong.status, wrong.header("location")), (422, None), "{wrong:?}");
        assert_eq!(orders.ask("bob", "DELETE", &order, "").status, 404);
        let ship = orders.ask("ann", "POST", &format!("{order}/ship"), "");
        orders.finished(ship.header("location").expect("a job"));
        assert_eq!(orders.ask("ann", "POST", &format!("{order}/ship"), "").status, 409);
    });
}

#[test]
fn each_job_is_done_once_and_recorded_as_its_callers() {
    on_both(|orders| {
        let rows: Vec<String> = (0..20).map(|_| orders.order()).collect();
        let jobs: Vec<Answer> = rows.iter().map(|it| orders.ask("ann", "DELETE", it, "")).collect();
        for job in &jobs {
            let done = orders.finished(job.header("location").expect("a job"));
            assert_eq!(done["status"], "completed", "{done}");
        }
        let log = orders.ask("ann", "GET", "/_proto/audit?action=delete&limit=100", "").json();
        let entries = log["entries"].as_array().expect("entries");
        assert_eq!(entries.len(), rows.len(), "{log}");
        assert!(entries.iter().all(|it| it["subject"] == "ann" && it["path"] == "/orders/{id}"));
        let metrics = orders.ask("ann", "GET", "/metrics", "").body;
        assert!(metrics.contains("groundplan_jobs_completed_total 20"), "{metrics}");
    });
}

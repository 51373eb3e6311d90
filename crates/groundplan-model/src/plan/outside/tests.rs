//! Services and what documents say of calls to them.

use groundplan_syntax::{Source, parse};

use super::services;
use super::terms::read;
use crate::lower;
use crate::service::{Breaker, CallLimit, Outside};

fn found(text: &str) -> Vec<Outside> {
    let source = Source::new("design.md", text);
    services(&lower(&source, &parse(&source)))
}

fn limit(count: u32, window_s: u32) -> Option<CallLimit> {
    Some(CallLimit { count, window_s })
}

#[test]
fn a_table_and_its_section_say_how_a_service_is_called() {
    let text = "# T\n\n## Service Dependencies\n\n\
        | Service | Integration Type | SLA | Fallback Strategy |\n|---|---|---|---|\n\
        | Database | PostgreSQL protocol | 99.9% | 503 |\n\
        | Outside Catalog | HTTPS, API key | 99.0% | Features stay without |\n\n\
        The outside catalogue takes 100 calls per minute; a call has 30 s, and three retries follow \
        with 1 s, 2 s and 4 s between them (exponential backoff).\n";
    let [catalog] = found(text).try_into().expect("one service");
    assert_eq!((catalog.name.as_str(), catalog.title.as_str()), ("catalog", "Outside Catalog"));
    assert_eq!(catalog.limit, limit(100, 60));
    assert_eq!((catalog.timeout_ms, catalog.retries, catalog.backoff_ms), (30_000, 3, 1000));
    assert_eq!(catalog.breaker, Breaker { failures: 5, open_ms: 30_000 });
    assert_eq!(catalog.fallback.as_deref(), Some("Features stay without"));
    let assumed: Vec<&str> = catalog.evidence.iter().map(|it| it.note.as_str()).collect();
    assert_eq!(
        assumed,
        [
            "`Outside Catalog` is the service `catalog`",
            "at most 100 calls in 60 s",
            "an attempt may take 30000 ms",
            "3 retries",
            "pauses begin with 1000 ms",
            "left alone after 5 failures (assumed)",
        ]
    );
}

#[test]
fn columns_say_it_as_well_and_come_first() {
    let text = "# T\n\n## External Services\n\n\
        | External Service | Type | Base URL | Rate limit | Timeout | Retries | Circuit breaker |\n\
        |---|---|---|---|---|---|---|\n\
        | Payment Gateway API | REST | https://pay.example/v1 | 50 req/s | 2 s | 2, after 100 ms | 3 failures, 500 ms |\n\n\
        The payment gateway has a timeout of 9 s.\n";
    let [gateway] = found(text).try_into().expect("one service");
    assert_eq!(gateway.name, "payment_gateway");
    assert_eq!(gateway.base_url.as_deref(), Some("https://pay.example/v1"));
    assert_eq!((gateway.limit, gateway.timeout_ms), (limit(50, 1), 2000));
    assert_eq!((gateway.retries, gateway.backoff_ms), (2, 100));
    assert_eq!(gateway.breaker, Breaker { failures: 3, open_ms: 500 });
}

#[test]
fn what_is_said_of_another_service_is_not_ours() {
    let text = "# T\n\n## Service Dependencies\n\n\
        | Service | Type | SLA |\n|---|---|---|\n| Mail | REST | - |\n| Maps | REST | - |\n\n\
        Mail has a timeout of 3 s; maps has a timeout of 8 s.\n";
    let found = found(text);
    let timeouts: Vec<u32> = found.iter().map(|it| it.timeout_ms).collect();
    assert_eq!(timeouts, [3000, 8000]);
}

#[test]
fn stores_and_libraries_are_no_services() {
    let text = "# T\n\n## Dependencies\n\n### External Dependencies\n\n- PostgreSQL 16\n- httpx\n\n\
        | Dependency | Type | Fallback |\n|---|---|---|\n| Redis | TCP | none |\n";
    assert!(found(text).is_empty());
}

#[test]
fn terms_are_read_in_their_usual_forms() {
    assert_eq!(read("limit: 1,000 requests per hour").limit, limit(1000, 3600));
    assert_eq!(read("100/min").limit, limit(100, 60));
    assert_eq!(read("60 rpm").limit, limit(60, 60));
    assert_eq!(read("5 calls in 10 s").limit, limit(5, 10));
    assert_eq!(read("a 5-second timeout").timeout_ms, Some(5000));
    assert_eq!(read("times out after 250ms").timeout_ms, Some(250));
    assert_eq!(read("retried up to three times").retries, Some(3));
    assert_eq!(read("max 4 attempts").retries, Some(3));
    assert_eq!(read("no retries").retries, Some(0));
    assert_eq!(read("retries three times, after 200 ms").backoff_ms, Some(200));
    assert_eq!(read("3 retries with a timeout of 5 s").backoff_ms, None);
    let breaker = read("the circuit breaker opens after 5 consecutive failures for 1 minute");
    assert_eq!((breaker.failures, breaker.open_ms), (Some(5), Some(60_000)));
    assert_eq!(read("99.9% of calls are answered"), super::Terms::default());
}

//! Spans from the request to the collector.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::{Span, Tracer, share};
use crate::exchange::trace_context::TraceContext;
use crate::observe::otlp;
use crate::service::TraceOptions;

fn options(endpoint: String, ratio: f64) -> TraceOptions {
    TraceOptions { endpoint, service_name: "things".to_owned(), ratio }
}

fn span(status: u16) -> Span {
    Span {
        context: TraceContext { trace: [1; 16], span: [2; 8], parent: Some([3; 8]), sampled: true },
        method: "GET".to_owned(),
        route: "/things/{id}".to_owned(),
        path: "/things/7".to_owned(),
        status,
        request_id: "r-1".to_owned(),
        ended: SystemTime::UNIX_EPOCH + Duration::from_secs(10),
        took: Duration::from_millis(1500),
    }
}

#[test]
fn a_span_is_what_the_protocol_calls_one() {
    let message = otlp::message("things", &[span(503), span(200)]);
    let resource = &message["resourceSpans"][0];
    assert_eq!(resource["resource"]["attributes"][0]["value"]["stringValue"], "things");
    let spans = &resource["scopeSpans"][0]["spans"];
    assert_eq!(spans[0]["traceId"], "01".repeat(16));
    assert_eq!(spans[0]["parentSpanId"], "03".repeat(8));
    assert_eq!(spans[0]["name"], "GET /things/{id}");
    assert_eq!(spans[0]["startTimeUnixNano"], "8500000000");
    assert_eq!(spans[0]["endTimeUnixNano"], "10000000000");
    assert_eq!(spans[0]["status"]["code"], 2);
    assert_eq!(spans[1]["status"].get("code"), None::<&Value>);
}

#[tokio::test]
async fn spans_reach_the_collector_before_the_service_ends() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let endpoint = format!("http://{}/otlp", listener.local_addr().expect("an address"));
    let collector = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut text = Vec::new();
        while !text.ends_with(b"]}]}]}") {
            let mut piece = [0; 4096];
            let count = stream.read(&mut piece).await.expect("it is sent");
            text.extend_from_slice(&piece[..count]);
        }
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
        stream.write_all(answer).await.expect("it is read");
        String::from_utf8(text).expect("it is text")
    });
    let tracer = Tracer::start(&options(endpoint, 1.0)).expect("an address");
    tracer.record(span(200));
    tracer.record(span(404));
    tracer.close().await;
    let text = collector.await.expect("no panic");
    assert!(text.starts_with("POST /otlp/v1/traces HTTP/1.1\r\n"), "{text}");
    assert_eq!(text.matches("\"traceId\"").count(), 2);
    assert_eq!(tracer.metrics()[0].value, 2.0);
}

#[tokio::test]
async fn spans_that_nobody_takes_are_counted_and_nobody_waits() {
    let tracer = Tracer::start(&options("http://127.0.0.1:9".to_owned(), 1.0)).expect("an address");
    tracer.record(span(200));
    tracer.close().await;
    tracer.record(span(200));
    assert_eq!(tracer.metrics()[1].value, 2.0);
}

#[tokio::test]
async fn a_collector_that_is_none_is_refused_with_the_reason() {
    for wrong in ["collector:4318", "ftp://a", "http://", "https://"] {
        let error = Tracer::start(&options(wrong.to_owned(), 1.0)).expect_err("it is refused");
        assert!(error.to_string().contains("--otlp-endpoint"), "{error}");
    }
}

#[tokio::test]
async fn a_share_of_the_traces_that_begin_here_is_kept_and_callers_decide_for_theirs() {
    let never = Tracer::start(&options("http://127.0.0.1:9".to_owned(), 0.0)).expect("an address");
    assert!(!never.span_of(&HeaderMap::new()).sampled);
    let given = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let headers = [("traceparent".parse().expect("a name"), given.parse().expect("a value"))];
    assert!(never.span_of(&headers.into_iter().collect()).sampled);
    assert!(share(&[0xff; 16]) < 1.0 && share(&[0; 16]) == 0.0);
}

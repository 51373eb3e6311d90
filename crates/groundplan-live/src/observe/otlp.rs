//! Spans as OTLP's JSON form (opentelemetry-proto, `ExportTraceServiceRequest`; attribute names of
//! the HTTP semantic conventions). Written by hand: it is one object, and the libraries for it are
//! larger than this service.

use std::time::{Duration, UNIX_EPOCH};

use serde_json::{Value, json};

use super::tracer::Span;
use crate::exchange::trace_context::hex;

/// `SPAN_KIND_SERVER`
const SERVER: u8 = 2;

/// `STATUS_CODE_ERROR`
const ERROR: u8 = 2;

/// One message with these spans.
pub(super) fn message(service: &str, spans: &[Span]) -> Value {
    let spans: Vec<Value> = spans.iter().map(span).collect();
    json!({
        "resourceSpans": [{
            "resource": { "attributes": [text("service.name", service)] },
            "scopeSpans": [{
                "scope": { "name": "groundplan", "version": env!("CARGO_PKG_VERSION") },
                "spans": spans,
            }],
        }],
    })
}

fn span(span: &Span) -> Value {
    let began = span.ended.checked_sub(span.took).unwrap_or(span.ended);
    let ns = |time: std::time::SystemTime| {
        let since = time.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        since.as_nanos().to_string()
    };
    let name = match span.route.as_str() {
        "-" => span.method.clone(),
        route => format!("{} {route}", span.method),
    };
    let mut value = json!({
        "traceId": hex(&span.context.trace),
        "spanId": hex(&span.context.span),
        "name": name,
        "kind": SERVER,
        "startTimeUnixNano": ns(began),
        "endTimeUnixNano": ns(span.ended),
        "attributes": attributes(span),
        "status": if span.status >= 500 { json!({ "code": ERROR }) } else { json!({}) },
    });
    if let (Some(parent), Some(members)) = (span.context.parent, value.as_object_mut()) {
        members.insert("parentSpanId".to_owned(), hex(&parent).into());
    }
    value
}

fn attributes(span: &Span) -> Vec<Value> {
    let mut attributes = vec![
        text("http.request.method", &span.method),
        text("url.path", &span.path),
        json!({
            "key": "http.response.status_code",
            "value": { "intValue": span.status.to_string() },
        }),
        text("http.request.header.x-request-id", &span.request_id),
    ];
    if span.route != "-" {
        attributes.push(text("http.route", &span.route));
    }
    attributes
}

fn text(key: &str, value: &str) -> Value {
    json!({ "key": key, "value": { "stringValue": value } })
}

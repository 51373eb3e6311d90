//! Reading and saying `traceparent`.

use http::{HeaderMap, HeaderValue};

use super::{NAME, TraceContext, hex, parse};

const GIVEN: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

fn headers(value: &str) -> HeaderMap {
    let value = HeaderValue::from_str(value).expect("a header's value");
    [(NAME.clone(), value)].into_iter().collect()
}

#[test]
fn a_trace_goes_on_with_a_span_of_its_own() {
    let context = TraceContext::continued(&headers(GIVEN)).expect("it is well formed");
    assert_eq!(hex(&context.trace), "4bf92f3577b34da6a3ce929d0e0e4736");
    assert_eq!(context.parent.map(|it| hex(&it)).as_deref(), Some("00f067aa0ba902b7"));
    assert!(context.sampled);
    let mut answer = HeaderMap::new();
    context.say(&mut answer);
    let said = answer[&NAME].to_str().expect("text").to_owned();
    assert!(said.starts_with("00-4bf92f3577b34da6a3ce929d0e0e4736-") && said.ends_with("-01"));
    assert!(!said.contains("00f067aa0ba902b7"), "{said}");
}

#[test]
fn what_the_specification_forbids_begins_no_trace() {
    for wrong in [
        "",
        "00",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
    ] {
        assert_eq!(parse(wrong.as_bytes()), None, "{wrong}");
    }
    let later = "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00-more";
    assert!(parse(later.as_bytes()).is_some_and(|(_, _, sampled)| !sampled));
}

#[test]
fn traces_that_begin_here_differ() {
    let (one, two) = (TraceContext::begun(true), TraceContext::begun(true));
    assert_ne!((one.trace, one.span), (two.trace, two.span));
    assert_eq!(one.parent, None);
}

//! Counting requests, and telling it to Prometheus.

use std::time::Duration;

use http::Method;

use super::{Histograms, SERIES};

fn written(histograms: &Histograms) -> String {
    let mut text = String::new();
    histograms.write("d", "/a", &mut text);
    text
}

#[test]
fn buckets_hold_all_that_is_below_them_and_the_sum_is_in_seconds() {
    let histograms = Histograms::default();
    for ms in [1, 5, 6, 20_000] {
        histograms.count(&Method::GET, 200, Duration::from_millis(ms));
    }
    let text = written(&histograms);
    let labels = "http_request_method=\"GET\",http_route=\"/a\",http_response_status_code=\"200\"";
    for (bound, count) in [("0.005", 2), ("0.01", 3), ("10", 3), ("+Inf", 4)] {
        let line = format!("d_bucket{{{labels},le=\"{bound}\"}} {count}\n");
        assert!(text.contains(&line), "{line} in {text}");
    }
    assert!(text.contains(&format!("d_sum{{{labels}}} 20.012\n")), "{text}");
    assert!(text.contains(&format!("d_count{{{labels}}} 4\n")), "{text}");
}

#[test]
fn each_pair_of_method_and_status_is_a_series_of_its_own() {
    let histograms = Histograms::default();
    let odd = Method::from_bytes(b"BREW").expect("a method");
    for (method, status) in [(&Method::GET, 200), (&Method::GET, 404), (&Method::HEAD, 200)] {
        histograms.count(method, status, Duration::ZERO);
        histograms.count(method, status, Duration::ZERO);
    }
    histograms.count(&odd, 405, Duration::ZERO);
    let text = written(&histograms);
    assert_eq!(text.matches("d_count").count(), 4);
    assert!(text.contains("http_request_method=\"_OTHER\""), "{text}");
}

#[test]
fn more_pairs_than_there_is_room_for_are_let_go() {
    let histograms = Histograms::default();
    for status in 200..300 {
        histograms.count(&Method::GET, status, Duration::ZERO);
    }
    assert_eq!(written(&histograms).matches("d_count").count(), SERIES);
}

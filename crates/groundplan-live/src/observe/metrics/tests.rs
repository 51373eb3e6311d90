//! The text form.

use std::time::Duration;

use http::Method;

use super::{Gauge, Metrics};

#[test]
fn each_metric_is_declared_once_and_paths_that_are_none_share_a_label() {
    let metrics = Metrics::new(["/things", "/a\"b"]);
    for route in [Some(0), Some(1), None, Some(99)] {
        metrics.count(route, &Method::GET, 200, Duration::from_millis(1));
    }
    let gauge = Gauge::default();
    let text = metrics.text(&[gauge.metric("open_things", "Things that are open.")]);
    assert_eq!(text.matches("# TYPE http_server_request_duration_seconds histogram").count(), 1);
    for label in ["\"/things\"", "\"/a\\\"b\"", "\"-\""] {
        assert!(text.contains(&format!("http_route={label}")), "{label} in {text}");
    }
    assert!(text.contains("# TYPE open_things gauge\nopen_things 0\n"), "{text}");
}

#[test]
fn every_line_is_a_comment_or_a_name_with_a_number() {
    let metrics = Metrics::new(["/things"]);
    metrics.count(Some(0), &Method::POST, 201, Duration::from_micros(70));
    for line in metrics.text(&[]).lines().filter(|line| !line.starts_with('#')) {
        let (name, number) = line.rsplit_once(' ').expect("a name and a number");
        assert!(name.starts_with(|it: char| it.is_ascii_lowercase()), "{line}");
        assert!(number.parse::<f64>().is_ok(), "{line}");
    }
}

#[test]
fn a_gauge_goes_down_when_what_it_counts_is_gone() {
    let gauge = Gauge::default();
    let one = gauge.enter();
    let two = gauge.enter();
    assert_eq!(gauge.value(), 2);
    drop((one, two));
    assert_eq!(gauge.value(), 0);
}

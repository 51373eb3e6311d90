//! What clients say about media types.

use http::HeaderMap;
use http::header::ACCEPT;

use super::{JSON, PROBLEM, names, takes};

fn headers(values: &[&'static str]) -> HeaderMap {
    let value = |value: &&'static str| (ACCEPT, http::HeaderValue::from_static(value));
    values.iter().map(value).collect()
}

#[test]
fn silence_and_ranges_that_cover_it_take_json() {
    for value in [
        &[][..],
        &[""],
        &["*/*"],
        &["application/*"],
        &["Application/JSON; charset=utf-8"],
        &["text/html, application/xhtml+xml;q=0.9, */*;q=0.1"],
        &["text/html", "application/json"],
    ] {
        assert!(takes(&headers(value), JSON), "{value:?}");
    }
}

#[test]
fn a_type_that_is_not_named_or_has_no_weight_is_not_taken() {
    for value in ["text/html", "application/json;q=0", "*/*, application/json;q=0", "text/*;q=1"] {
        assert!(!takes(&headers(&[value]), JSON), "{value}");
    }
}

#[test]
fn weights_are_read_to_three_digits_and_nonsense_counts_as_full() {
    assert!(takes(&headers(&["application/json;q=0.001"]), JSON));
    assert!(!takes(&headers(&["application/json;q=0.000"]), JSON));
    assert!(takes(&headers(&["application/json;q=much"]), JSON));
}

#[test]
fn problem_details_are_asked_for_by_name_only() {
    assert!(names(&headers(&["application/json, application/problem+json"]), PROBLEM));
    assert!(!names(&headers(&["*/*"]), PROBLEM));
    assert!(!names(&headers(&[]), PROBLEM));
}

//! What pages of other origins hear.

use http::header::{ALLOW, VARY};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Request};

use super::Cors;

fn request(method: &str, headers: &[(&str, &str)]) -> Parts {
    let mut request = Request::builder().method(method).uri("/things");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(()).expect("a request").into_parts().0
}

fn described(origins: &[&str], request: &Parts) -> HeaderMap {
    let origins: Vec<String> = origins.iter().map(|it| (*it).to_owned()).collect();
    let mut answer: HeaderMap =
        [(ALLOW, HeaderValue::from_static("GET, POST, OPTIONS"))].into_iter().collect();
    Cors::new(&origins).expect("origins").describe(request, &mut answer);
    answer
}

#[test]
fn without_origins_nobody_is_let_in() {
    assert!(Cors::new(&[]).is_none());
}

#[test]
fn a_listed_origin_is_named_and_another_is_not() {
    let own = request("GET", &[("origin", "http://localhost:3000")]);
    let answer = described(&["http://localhost:3000"], &own);
    assert_eq!(answer["access-control-allow-origin"], "http://localhost:3000");
    assert!(answer["access-control-expose-headers"].to_str().is_ok_and(|it| it.contains("ETag")));
    assert_eq!(answer[VARY], "Origin");
    let other = request("GET", &[("origin", "http://evil.example")]);
    let answer = described(&["http://localhost:3000"], &other);
    assert!(!answer.contains_key("access-control-allow-origin"));
    assert_eq!(answer[VARY], "Origin", "a cache must not hand it to the listed one");
}

#[test]
fn a_preflight_hears_the_methods_of_the_path_and_its_own_headers() {
    let asked = [
        ("origin", "http://a.example"),
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", "authorization, content-type"),
    ];
    let answer = described(&["*"], &request("OPTIONS", &asked));
    assert_eq!(answer["access-control-allow-origin"], "*");
    assert_eq!(answer["access-control-allow-methods"], "GET, POST, OPTIONS");
    assert_eq!(answer["access-control-allow-headers"], "authorization, content-type");
    assert_eq!(answer["access-control-max-age"], "600");
}

#[test]
fn a_request_of_no_page_hears_nothing() {
    let answer = described(&["*"], &request("GET", &[]));
    assert_eq!(answer.len(), 1, "{answer:?}");
}

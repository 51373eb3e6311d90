//! Which bodies travel smaller, and that they come out whole.

use std::io::Read as _;

use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, ETAG, VARY};
use http::{HeaderMap, HeaderValue};

use super::{chosen, shrink};
use crate::answer::{self, Response};

fn headers(value: &'static str) -> HeaderMap {
    [(ACCEPT_ENCODING, HeaderValue::from_static(value))].into_iter().collect()
}

fn rows() -> String {
    let rows: Vec<String> =
        (0..200).map(|at| format!("{{\"id\":{at},\"name\":\"row\"}}")).collect();
    format!("[{}]", rows.join(","))
}

fn list() -> Response {
    let mut response = answer::json(200, rows().into_bytes());
    response.headers_mut().insert(ETAG, HeaderValue::from_static("\"abc\""));
    response
}

fn unpacked(coding: &str, body: &[u8]) -> String {
    let mut text = String::new();
    let read = match coding {
        "gzip" => flate2::read::GzDecoder::new(body).read_to_string(&mut text),
        _ => brotli::Decompressor::new(body, 4096).read_to_string(&mut text),
    };
    read.expect("it is whole");
    text
}

#[test]
fn what_was_packed_comes_out_as_it_was() {
    for (accepts, coding, tag) in
        [("gzip", "gzip", "\"abc-gzip\""), ("gzip, br", "br", "\"abc-br\"")]
    {
        let mut response = shrink(&headers(accepts), list(), 1024);
        assert_eq!(response.headers()[CONTENT_ENCODING], coding);
        assert_eq!(response.headers()[VARY], "Accept-Encoding");
        assert_eq!(response.headers()[ETAG], tag);
        let body = answer::take_body(&mut response);
        assert!(body.len() * 3 < rows().len());
        assert_eq!(unpacked(coding, &body), rows());
    }
}

#[test]
fn a_client_that_takes_no_coding_gets_the_body_as_it_is() {
    for accepts in ["identity", "gzip;q=0, br;q=0", "*;q=0", "deflate"] {
        let response = shrink(&headers(accepts), list(), 1024);
        assert!(!response.headers().contains_key(CONTENT_ENCODING), "{accepts}");
        assert_eq!(response.headers()[VARY], "Accept-Encoding");
        assert_eq!(response.headers()[ETAG], "\"abc\"");
    }
}

#[test]
fn weights_decide_and_a_star_stands_for_both() {
    assert_eq!(chosen(&headers("br;q=0.1, gzip")).map(super::Coding::name), Some("gzip"));
    assert_eq!(chosen(&headers("*")).map(super::Coding::name), Some("br"));
    assert_eq!(chosen(&headers("br;q=0, *")).map(super::Coding::name), Some("gzip"));
}

#[test]
fn small_bodies_and_pictures_are_left_alone() {
    let small = shrink(&headers("gzip"), answer::json(200, b"{}".to_vec()), 1024);
    assert!(small.headers().get(VARY).is_none());
    let picture = shrink(&headers("gzip"), answer::new(200, "image/png", vec![0; 5000]), 1024);
    assert!(!picture.headers().contains_key(CONTENT_ENCODING));
}

//! Which route a method and path lead to.

use groundplan_model::document::Method;

use super::{Found, Router};
use crate::fixture::route;

fn router() -> Router {
    Router::new(&[
        route(Method::Get, "/a"),
        route(Method::Post, "/a"),
        route(Method::Get, "/a/{id}"),
        route(Method::Get, "/a/search"),
        route(Method::Delete, "/a/{id}/b/{other}"),
        route(Method::Get, "/a/{id}"),
    ])
}

/// The route's index and parameters, or what else was found.
fn find(method: &str, path: &str) -> String {
    match router().find(method, path) {
        Found::Route(index, params) => format!("{index} {params:?}"),
        Found::Options(allow) => format!("options {allow}"),
        Found::NotAllowed(allow) => format!("not allowed {allow}"),
        Found::Nothing => "nothing".to_owned(),
    }
}

#[test]
fn literals_beat_parameters() {
    assert_eq!(find("GET", "/a/search"), "3 []");
    assert_eq!(find("GET", "/a/7"), r#"2 ["7"]"#);
}

#[test]
fn a_literal_that_leads_nowhere_falls_back_to_the_parameter() {
    assert_eq!(find("DELETE", "/a/search/b/x"), r#"4 ["search", "x"]"#);
}

#[test]
fn parameters_are_decoded() {
    assert_eq!(find("GET", "/a/a%2Fb%20%C3%A9"), r#"2 ["a/b é"]"#);
    assert_eq!(find("GET", "/%61"), "0 []");
    assert_eq!(find("GET", "/a/%ff"), "nothing");
    assert_eq!(find("GET", "/a/%4"), "nothing");
}

#[test]
fn another_method_is_told_all_that_the_path_has() {
    assert_eq!(find("PUT", "/a"), "not allowed GET, POST, HEAD, OPTIONS");
    assert_eq!(find("GET", "/a/1/b/2"), "not allowed DELETE, OPTIONS");
    assert_eq!(find("BREW", "/a"), "not allowed GET, POST, HEAD, OPTIONS");
}

#[test]
fn head_and_options_are_answered_without_a_route_of_their_own() {
    assert_eq!(find("HEAD", "/a"), "0 []");
    assert_eq!(find("OPTIONS", "/a"), "options GET, POST, HEAD, OPTIONS");
    assert_eq!(find("HEAD", "/a/1/b/2"), "not allowed DELETE, OPTIONS");
}

#[test]
fn other_paths_lead_nowhere() {
    for path in ["", "/", "*", "/b", "/a/", "/a//b", "/a/1/b", "//a", "/a/1/b/2/"] {
        assert_eq!(find("GET", path), "nothing", "{path}");
    }
}

#[test]
fn a_route_of_the_root_is_found() {
    let router = Router::new(&[route(Method::Get, "/")]);
    assert_eq!(router.find("GET", "/"), Found::Route(0, Vec::new()));
}

//! Keys, and what is told of requests that come again.

use http::Request;
use http::request::Parts;

use super::kept::Kept;
use super::{Entry, Keys, key};
use crate::answer;
use crate::caller::Caller;

fn parts(method: &str, path: &str, key: Option<&str>) -> Parts {
    let mut request = Request::builder().method(method).uri(path);
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    request.body(()).expect("a request").into_parts().0
}

fn entry(path: &str, body: &str) -> Entry {
    let parts = parts("POST", path, Some("\"k\""));
    let entry = Entry::of(&parts, &Caller::named("ada"), body.as_bytes());
    entry.expect("the key is sound").expect("there is a key")
}

#[test]
fn keys_stand_in_quotes_or_bare() {
    assert_eq!(key("\"8e03978e\""), Some("8e03978e"));
    assert_eq!(key(" 8e03978e "), Some("8e03978e"));
    for wrong in ["", "\"\"", "\"open", "a\"b", "a b", "é", &"x".repeat(256)] {
        assert_eq!(key(wrong), None, "{wrong}");
    }
}

#[test]
fn only_methods_that_may_not_be_repeated_need_one() {
    let of = |method| Entry::of(&parts(method, "/a", Some("k")), &Caller::named("ada"), b"");
    assert!(of("POST").is_ok_and(|it| it.is_some()) && of("PATCH").is_ok_and(|it| it.is_some()));
    assert!(of("PUT").is_ok_and(|it| it.is_none()) && of("DELETE").is_ok_and(|it| it.is_none()));
    assert!(Entry::of(&parts("POST", "/a", Some("\"")), &Caller::named("ada"), b"").is_err());
}

#[test]
fn another_body_or_address_is_another_request() {
    let one = entry("/a", "{}");
    assert_eq!(one, entry("/a", "{}"));
    assert_ne!(one.fingerprint, entry("/a", "{ }").fingerprint);
    assert_ne!(one.fingerprint, entry("/a?b=1", "{}").fingerprint);
}

#[test]
fn an_answer_comes_again_as_it_was_and_says_so() {
    let mut response = answer::json(201, b"{\"id\":1}".to_vec());
    response.headers_mut().insert("location", "/a/1".parse().expect("a value"));
    response.headers_mut().insert("x-request-id", "r".parse().expect("a value"));
    let (kept, _) = Kept::of(&entry("/a", "{}"), response);
    let mut again = kept.expect("it is text").answer(&entry("/a", "{}")).expect("the same request");
    assert_eq!(
        (again.status().as_u16(), &answer::take_body(&mut again)[..]),
        (201, &b"{\"id\":1}"[..])
    );
    let headers = again.headers();
    assert_eq!(
        (&headers["location"], &headers["idempotent-replayed"]),
        (&"/a/1".parse().expect("a value"), &"true".parse().expect("a value"))
    );
    assert!(!headers.contains_key("x-request-id"), "that belongs to the first exchange");
}

#[test]
fn a_key_is_for_one_request() {
    let (kept, _) = Kept::of(&entry("/a", "{}"), answer::empty(204));
    let refused = kept.expect("it is text").answer(&entry("/a", "{ }"));
    assert!(refused.is_err_and(|it| it.message.contains("another request")));
}

#[test]
fn a_second_request_does_not_run_beside_the_first() {
    let keys = Keys::default();
    let first = keys.claim(entry("/a", "{}")).expect("nobody has it");
    assert!(keys.claim(entry("/a", "{}")).is_err());
    drop(first);
    assert!(keys.claim(entry("/a", "{}")).is_ok());
}

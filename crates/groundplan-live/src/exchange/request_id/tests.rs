//! Whose id a request bears.

use http::{HeaderMap, HeaderValue};

use super::{NAME, RequestIds};

fn given(id: &str) -> HeaderMap {
    let value = HeaderValue::from_str(id).expect("a header's value");
    [(NAME.clone(), value)].into_iter().collect()
}

#[test]
fn the_clients_own_id_is_kept() {
    let ids = RequestIds::new();
    assert_eq!(ids.of(&given("a-1.b/2")), "a-1.b/2");
}

#[test]
fn without_one_that_is_fit_each_request_gets_its_own() {
    let ids = RequestIds::new();
    let long = "x".repeat(129);
    let asked = [HeaderMap::new(), given(""), given("a b"), given(&long)];
    let mut made: Vec<_> = asked.iter().map(|headers| ids.of(headers)).collect();
    assert!(made.iter().all(|id| id.len() == 17), "{made:?}");
    made.dedup();
    assert_eq!(made.len(), 4);
    assert!(made[0].to_str().expect("text").ends_with("-00000001"), "{made:?}");
}

//! Answers with a body, and without one.

use http::header::CONTENT_TYPE;

use super::{json, take_body};

#[test]
fn a_204_has_neither_a_body_nor_a_media_type() {
    let mut nothing = json(204, b"{}".to_vec());
    assert!(!nothing.headers().contains_key(CONTENT_TYPE));
    assert!(take_body(&mut nothing).is_empty());
    assert_eq!(take_body(&mut json(200, b"{}".to_vec())), "{}");
}

//! What is stored of secrets.

use super::{Secret, is_password, kind, seal};
use crate::store::Cell;

fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(future)
}

fn sealed(secret: Secret, text: &str) -> String {
    let sent = vec![Some(Cell::Text(text.to_owned()))];
    let sealed = run(seal(&[(0, secret)], sent)).expect("it is hashed");
    match sealed.first() {
        Some(Some(Cell::Text(hash))) => hash.clone(),
        other => panic!("a text was expected, not {other:?}"),
    }
}

#[test]
fn a_password_is_stored_with_a_salt_and_told_from_others() {
    let (one, other) =
        (sealed(Secret::Password, "open sesame"), sealed(Secret::Password, "open sesame"));
    assert!(one.starts_with("$argon2id$"), "{one}");
    assert_ne!(one, other);
    assert_eq!(run(is_password("open sesame".to_owned(), Some(one.clone()))).ok(), Some(true));
    assert_eq!(run(is_password("open says me".to_owned(), Some(one))).ok(), Some(false));
    assert_eq!(run(is_password("anything".to_owned(), None)).ok(), Some(false));
    assert_eq!(run(is_password("x".to_owned(), Some("no hash".to_owned()))).ok(), Some(false));
}

#[test]
fn a_token_is_stored_as_a_digest_that_can_be_looked_for() {
    let hash = sealed(Secret::Token, "abc");
    assert_eq!(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn columns_tell_by_their_names_what_they_keep() {
    assert_eq!(kind("password_hash"), Secret::Password);
    assert_eq!(kind("api_key"), Secret::Token);
}

//! Addresses as people write them.

use super::{Address, read};

#[test]
fn what_is_left_out_has_the_usual_value() {
    let found = read("redis://").expect("an address");
    assert_eq!(found.shown(), "127.0.0.1:6379/0");
    assert_eq!(read("valkey://cache.local").expect("an address").shown(), "cache.local:6379/0");
}

#[test]
fn a_second_s_asks_for_tls() {
    let asks = |url: &str| read(url).expect("an address").is_secret;
    assert!(asks("rediss://cache.local") && asks("valkeys://cache.local"));
    assert!(!asks("redis://cache.local") && !asks("valkey://cache.local"));
}

#[test]
fn every_part_is_read_and_no_secret_is_shown() {
    let found = read("redis://me:a%40b@[::1]:7000/3?x=y").expect("an address");
    let Address { user, password, .. } = &found;
    assert_eq!((user.as_deref(), password.as_deref()), (Some("me"), Some("a@b")));
    assert_eq!(found.shown(), "::1:7000/3");
    let only = read("redis://secret@host").expect("an address");
    assert_eq!((only.user, only.password.as_deref()), (None, Some("secret")));
}

#[test]
fn what_is_no_address_is_refused_with_the_reason() {
    for url in ["localhost", "http://x", "redis://x:port", "redis://x/one"] {
        let error = Address::read(url).err().expect("a refusal").to_string();
        assert!(error.contains("--cache"), "{error}");
    }
}

//! What is encoded comes back; what is no encoding is refused.

use super::{decode, encode};

#[test]
fn only_unreserved_characters_stand_as_they_are() {
    assert_eq!(encode("v1.2_x~-").to_string(), "v1.2_x~-");
    assert_eq!(encode("a b/c?d=é%").to_string(), "a%20b%2Fc%3Fd%3D%C3%A9%25");
}

#[test]
fn whole_escapes_are_decoded() {
    assert_eq!(decode("a%20b%c3%A9").as_deref(), Some("a bé"));
    assert_eq!(decode("a+b").as_deref(), Some("a+b"));
}

#[test]
fn half_escapes_and_other_bytes_are_refused() {
    assert!(["%", "a%2", "%+1", "%zz", "%20%", "%é", "%FF"].iter().all(|it| decode(it).is_none()));
}

//! Which tokens hold.

use http::{HeaderMap, HeaderValue};
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey, Header};

use super::{Verifier, mint};

const KEY: &[u8] = b"a key for tests";

fn headers(value: &str) -> HeaderMap {
    let value = HeaderValue::from_str(value).expect("a header value");
    HeaderMap::from_iter([(http::header::AUTHORIZATION, value)])
}

fn subject(value: &str) -> Result<String, (String, bool)> {
    let subject = Verifier::new(KEY).subject(&headers(value));
    subject.map(|it| it.to_string()).map_err(|it| (it.message.into_owned(), it.invalid_token))
}

fn in_seconds(seconds: i64) -> i64 {
    Timestamp::now().as_second() + seconds
}

#[test]
fn a_minted_token_names_its_subject() {
    let token = mint(KEY, "ann", in_seconds(60));
    assert_eq!(subject(&format!("Bearer {token}")), Ok("ann".to_owned()));
    assert_eq!(subject(&format!("bearer {token}")), Ok("ann".to_owned()));
}

#[test]
fn a_remembered_token_expires_all_the_same() {
    let verifier = Verifier::new(KEY);
    let token = mint(KEY, "ann", in_seconds(-2));
    let headers = headers(&format!("Bearer {token}"));
    assert!(verifier.subject(&headers).is_ok(), "within the leeway");
    assert!(verifier.remembered(&token).is_none());
}

#[test]
fn an_expired_token_is_invalid() {
    let token = mint(KEY, "ann", in_seconds(-60));
    let refused = subject(&format!("Bearer {token}")).expect_err("expired");
    assert_eq!(refused, ("the token has expired; get a new one".to_owned(), true));
}

#[test]
fn another_key_and_another_algorithm_are_refused() {
    let foreign = mint(b"another key", "ann", in_seconds(60));
    assert!(subject(&format!("Bearer {foreign}")).is_err());
    let claims = serde_json::json!({ "sub": "ann", "exp": in_seconds(60) });
    let header = Header::new(Algorithm::HS512);
    let token = jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(KEY));
    assert!(subject(&format!("Bearer {}", token.expect("a token"))).is_err());
    // {"alg":"none"} and no signature.
    assert!(subject("Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm4ifQ.").is_err());
}

#[test]
fn a_token_without_expiry_is_refused() {
    let claims = serde_json::json!({ "sub": "ann" });
    let key = EncodingKey::from_secret(KEY);
    let token = jsonwebtoken::encode(&Header::default(), &claims, &key).expect("a token");
    assert!(subject(&format!("Bearer {token}")).is_err());
}

#[test]
fn a_request_without_bearer_token_is_told_apart_from_one_with_a_bad_one() {
    assert!(!subject("Basic YTpi").expect_err("no token").1);
    assert!(subject("Bearer x.y.z").expect_err("a bad token").1);
}

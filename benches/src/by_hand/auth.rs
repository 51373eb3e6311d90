//! HS256 tokens: made for the load, and checked on every request.

use anyhow::Result;
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};

use super::Refused;

/// Loopback only, and gone with the bench: nothing to keep secret.
pub(crate) const KEY: &str = "the key of the service by hand, for benches";

#[derive(Serialize, Deserialize)]
struct Claims {
    sub: String,
    exp: i64,
}

/// A token for `subject` that holds for an hour.
pub(crate) fn token(subject: &str) -> Result<String> {
    let exp = jiff::Timestamp::now().as_second() + 3_600;
    let claims = Claims { sub: subject.to_owned(), exp };
    Ok(encode(&Header::new(Algorithm::HS256), &claims, &EncodingKey::from_secret(KEY.as_bytes()))?)
}

pub(super) struct Verifier {
    key: DecodingKey,
    validation: Validation,
}

impl Verifier {
    pub(super) fn new() -> Self {
        Self {
            key: DecodingKey::from_secret(KEY.as_bytes()),
            validation: Validation::new(Algorithm::HS256),
        }
    }

    /// The caller that the request's token names.
    pub(super) fn subject(&self, headers: &HeaderMap) -> Result<String, Refused> {
        let token = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = token.and_then(|value| value.strip_prefix("Bearer "));
        let checked = token.and_then(|it| decode::<Claims>(it, &self.key, &self.validation).ok());
        let refused = Refused(StatusCode::UNAUTHORIZED, "unauthenticated", "no token that holds");
        checked.map(|checked| checked.claims.sub).ok_or(refused)
    }
}

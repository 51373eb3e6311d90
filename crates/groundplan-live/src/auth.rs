//! Who calls: HS256 tokens (RFC 7519) in `Authorization: Bearer` (RFC 6750).

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use groundplan_model::service::Refusal;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

use crate::refused::Refused;

#[cfg(test)]
mod tests;

/// How far clocks may differ.
const LEEWAY_S: u64 = 5;

/// Tokens whose signature is remembered: checking one again costs a look-up, not an HMAC.
const REMEMBERED: usize = 1024;

/// Longer subjects are refused: they are kept with every row.
const SUBJECT_BYTES: usize = 255;

/// The name of all callers of an open service.
pub(crate) const ANONYMOUS: &str = "anonymous";

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    sub: String,
    exp: i64,
}

/// A token for `subject` that holds until `expires_at_s` (seconds since 1970).
pub fn mint(key: &[u8], subject: &str, expires_at_s: i64) -> String {
    let claims = Claims { sub: subject.to_owned(), exp: expires_at_s };
    let header = Header::new(Algorithm::HS256);
    // HMAC takes a key of any length, and the claims are plain text and a number: this cannot fail.
    jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(key)).unwrap_or_default()
}

/// Checks tokens with one key.
pub(crate) struct Verifier {
    key: DecodingKey,
    validation: Validation,
    known: RwLock<HashMap<String, (Arc<str>, i64)>>,
}

impl Verifier {
    pub(crate) fn new(key: &[u8]) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.leeway = LEEWAY_S;
        validation.validate_nbf = true;
        // Documents name no audience, and a token may have one.
        validation.validate_aud = false;
        validation.set_required_spec_claims(&["exp", "sub"]);
        Self { key: DecodingKey::from_secret(key), validation, known: RwLock::default() }
    }

    /// The caller that the request's token names.
    pub(crate) fn subject(&self, headers: &HeaderMap) -> Result<Arc<str>, Refused> {
        let Some(token) = bearer(headers) else {
            let message = "the request has no bearer token; send `Authorization: Bearer TOKEN`";
            return Err(Refused::new(Refusal::Unauthenticated, message));
        };
        self.remembered(token).map_or_else(|| self.check(token), Ok)
    }

    fn remembered(&self, token: &str) -> Option<Arc<str>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let (subject, expires) = known.get(token)?;
        (Timestamp::now().as_second() < *expires).then(|| Arc::clone(subject))
    }

    fn check(&self, token: &str) -> Result<Arc<str>, Refused> {
        let checked = jsonwebtoken::decode::<Claims>(token, &self.key, &self.validation);
        let claims = checked.map_err(|error| invalid(&error))?.claims;
        if claims.sub.is_empty() || claims.sub.len() > SUBJECT_BYTES || claims.sub.contains('\0') {
            return Err(refused("the token's `sub` does not name a caller"));
        }
        let subject: Arc<str> = claims.sub.into();
        self.remember(token, &subject, claims.exp);
        Ok(subject)
    }

    fn remember(&self, token: &str, subject: &Arc<str>, expires: i64) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(token.to_owned(), (Arc::clone(subject), expires));
    }
}

/// The token of `Bearer TOKEN`; the scheme's case does not matter.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

fn invalid(error: &jsonwebtoken::errors::Error) -> Refused {
    use jsonwebtoken::errors::ErrorKind;
    refused(match error.kind() {
        ErrorKind::ExpiredSignature => "the token has expired; get a new one",
        ErrorKind::ImmatureSignature => "the token does not hold yet",
        ErrorKind::InvalidSignature => "the token was signed with another key",
        ErrorKind::InvalidAlgorithm => "the token is not signed with HS256",
        ErrorKind::MissingRequiredClaim(_) => "the token lacks `exp` or `sub`",
        _ => "the token is not a JSON Web Token that holds",
    })
}

fn refused(message: &'static str) -> Refused {
    Refused { invalid_token: true, ..Refused::new(Refusal::Unauthenticated, message) }
}

//! The service's own key: a secret for HS256, and a key pair for ES256 that is made from it.
//!
//! One file is enough for both: whoever has the secret may sign anyway, and the public half can be
//! given to those who only check.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header};
use p256::ecdsa::SigningKey;
use p256::pkcs8::EncodePrivateKey;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::mint::TokenClaims;

/// Keeps the key pair apart from what the secret itself signs.
const PAIR: &[u8] = b"groundplan ES256 key pair 1";

/// A key that signs.
pub(crate) struct OwnKey {
    secret: EncodingKey,
    check_secret: DecodingKey,
    pair: Option<Pair>,
}

struct Pair {
    sign: EncodingKey,
    check: DecodingKey,
    id: String,
    jwk: Value,
}

impl OwnKey {
    pub(crate) fn new(key: &[u8]) -> Self {
        Self {
            secret: EncodingKey::from_secret(key),
            check_secret: DecodingKey::from_secret(key),
            pair: Pair::new(key),
        }
    }

    /// The token of these claims.
    pub(crate) fn sign(&self, claims: &TokenClaims) -> String {
        let (header, key) = match self.pair.as_ref().filter(|_| claims.key_pair) {
            Some(pair) => {
                let header = Header { kid: Some(pair.id.clone()), ..Header::new(Algorithm::ES256) };
                (header, &pair.sign)
            }
            None => (Header::new(Algorithm::HS256), &self.secret),
        };
        // HMAC takes a key of any length, the pair was made here, and the claims are plain text and
        // numbers: this cannot fail.
        jsonwebtoken::encode(&header, &claims.json(), key).unwrap_or_default()
    }

    /// The key that checks tokens of this algorithm.
    pub(super) fn check(&self, algorithm: Algorithm) -> Option<&DecodingKey> {
        match algorithm {
            Algorithm::HS256 => Some(&self.check_secret),
            Algorithm::ES256 => self.pair.as_ref().map(|pair| &pair.check),
            _ => None,
        }
    }

    /// The public half as a set of keys (RFC 7517).
    pub(crate) fn jwks(&self) -> Value {
        json!({ "keys": self.pair.iter().map(|pair| &pair.jwk).collect::<Vec<_>>() })
    }
}

impl Pair {
    /// The pair of a secret; `None` for the one secret in 2^128 that gives no scalar.
    fn new(secret: &[u8]) -> Option<Self> {
        let seed = Sha256::new().chain_update(PAIR).chain_update(secret).finalize();
        let key = SigningKey::from_slice(&seed).ok()?;
        let der = key.to_pkcs8_der().ok()?;
        let point = key.verifying_key().to_encoded_point(false);
        let (x, y) = (URL_SAFE_NO_PAD.encode(point.x()?), URL_SAFE_NO_PAD.encode(point.y()?));
        let thumb = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
        // RFC 7638: the id is the key's own, so that a new key has a new one.
        let id = URL_SAFE_NO_PAD.encode(Sha256::digest(thumb.as_bytes()));
        let jwk = json!({
            "kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": id, "alg": "ES256", "use": "sig",
        });
        let check = DecodingKey::from_ec_components(&x, &y).ok()?;
        Some(Self { sign: EncodingKey::from_ec_der(der.as_bytes()), check, id, jwk })
    }
}

//! Tokens for the service's own key: those of development, and those of its accounts.

use serde_json::{Map, Value, json};

use super::key::OwnKey;

/// What a token is to say.
#[derive(Clone, Debug, Default)]
pub struct TokenClaims {
    /// The caller.
    pub subject: String,
    /// Until when it holds, in seconds since 1970.
    pub expires_at_s: i64,
    /// What the caller may do.
    pub roles: Vec<String>,
    /// The caller's tenant.
    pub tenant: Option<String>,
    /// Whom it is for.
    pub audience: Option<String>,
    /// Who made it.
    pub issuer: Option<String>,
    /// The session of an account that it belongs to.
    pub session: Option<String>,
    /// Whether it is signed with the key pair (ES256) and not with the secret (HS256).
    pub key_pair: bool,
}

impl TokenClaims {
    /// A token for `subject` that says nothing else.
    pub fn of(subject: &str, expires_at_s: i64) -> Self {
        Self { subject: subject.to_owned(), expires_at_s, ..Self::default() }
    }

    pub(super) fn json(&self) -> Value {
        let mut claims = Map::new();
        claims.insert("sub".to_owned(), json!(self.subject));
        claims.insert("exp".to_owned(), json!(self.expires_at_s));
        if !self.roles.is_empty() {
            claims.insert("roles".to_owned(), json!(self.roles));
        }
        let words = [
            ("tenant_id", &self.tenant),
            ("aud", &self.audience),
            ("iss", &self.issuer),
            ("sid", &self.session),
        ];
        for (name, value) in words {
            if let Some(value) = value {
                claims.insert(name.to_owned(), json!(value));
            }
        }
        Value::Object(claims)
    }
}

/// A token for `subject` that holds until `expires_at_s` (seconds since 1970).
pub fn mint(key: &[u8], subject: &str, expires_at_s: i64) -> String {
    mint_claims(key, &TokenClaims::of(subject, expires_at_s))
}

/// A token that says `claims`, signed with `key`.
pub fn mint_claims(key: &[u8], claims: &TokenClaims) -> String {
    OwnKey::new(key).sign(claims)
}

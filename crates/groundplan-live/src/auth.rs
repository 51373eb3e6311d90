//! Who calls: JSON Web Tokens (RFC 7519) in `Authorization: Bearer` (RFC 6750), and keys in a header
//! of the document's.

mod api_key;
mod claims;
mod fetch;
mod jwks;
mod key;
mod known;
mod mint;
pub(crate) mod sessions;
mod verifier;

#[cfg(test)]
mod tests;

pub use api_key::{ApiKey, ApiKeysError};
pub use jwks::{JwksError, JwksSource};
pub use mint::{TokenClaims, mint, mint_claims};
pub(crate) use verifier::Verifier;

/// The name of all callers of an open service.
pub(crate) const ANONYMOUS: &str = "anonymous";

/// Longer subjects are refused: they are kept with every row.
const SUBJECT_BYTES: usize = 255;

/// What decides which proofs hold.
#[derive(Clone, Debug, Default)]
pub struct AuthOptions {
    /// Where the keys of an identity provider are. Tokens of the service's own key then hold only
    /// where it has accounts of its own.
    pub jwks: Option<JwksSource>,
    /// The audience that tokens must name, instead of the document's.
    pub audience: Option<String>,
    /// The issuer that tokens must name, instead of the document's.
    pub issuer: Option<String>,
    /// Keys of callers.
    pub api_keys: Vec<ApiKey>,
}

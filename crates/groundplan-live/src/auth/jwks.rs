//! The keys of an identity provider (RFC 7517): read at the start, read again when they are old or
//! when a token names one that is not there.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use thiserror::Error;
use tokio::sync::Mutex;

use super::fetch;

/// Keys are read again after this time, so that one that was withdrawn does not live on.
const OLD: Duration = Duration::from_secs(10 * 60);

/// Not more often than this, whatever tokens ask for.
const PAUSE: Duration = Duration::from_secs(10);

/// A set of more bytes is none.
const LIMIT_BYTES: usize = 1 << 20;

/// Where keys are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JwksSource {
    /// In a file.
    File(PathBuf),
    /// At an address: `http://…` or `https://…`.
    Url(String),
}

/// Why there are no keys.
#[derive(Debug, Error)]
pub enum JwksError {
    /// The file cannot be read.
    #[error("the key set `{}` cannot be read: {reason}; check --jwks", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        reason: std::io::Error,
    },
    /// Nobody answered with a set.
    #[error("no key set came from `{url}`: {reason}; check --jwks and that the provider runs")]
    Url {
        /// The address.
        url: String,
        /// What happened.
        reason: String,
    },
    /// What came is no set of keys that signatures can be checked with.
    #[error("`{place}` holds no key for RS256 or ES256; give a JSON Web Key Set (RFC 7517)")]
    Empty {
        /// File or address.
        place: String,
    },
}

/// One public key.
pub(super) struct PublicKey {
    id: Option<String>,
    algorithm: Algorithm,
    pub(super) check: DecodingKey,
}

/// The provider's keys as they were last read.
pub(super) struct Jwks {
    source: JwksSource,
    keys: RwLock<Arc<Vec<PublicKey>>>,
    read_at: Mutex<Instant>,
}

impl Jwks {
    /// Reads the keys for the first time: a service that could let nobody in does not start.
    pub(super) async fn open(source: JwksSource) -> Result<Self, JwksError> {
        let keys = read(&source).await?;
        let read_at = Mutex::new(Instant::now());
        Ok(Self { source, keys: RwLock::new(Arc::new(keys)), read_at })
    }

    /// The key with this id, for this algorithm. A token that names no key may be any's.
    pub(super) fn find(&self, id: Option<&str>, algorithm: Algorithm) -> Vec<DecodingKey> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let is_it = |key: &&PublicKey| {
            key.algorithm == algorithm
                && (id.is_none() || key.id.is_none() || key.id.as_deref() == id)
        };
        keys.iter().filter(is_it).map(|key| key.check.clone()).collect()
    }

    /// Reads the keys again where they are old, or `missing` was not among them. Answers whether
    /// they were. A provider that is down leaves the old keys in use.
    pub(super) async fn refresh(&self, missing: bool) -> bool {
        let mut read_at = self.read_at.lock().await;
        let age = read_at.elapsed();
        if age < PAUSE || !missing && age < OLD {
            return false;
        }
        *read_at = Instant::now();
        match read(&self.source).await {
            Ok(keys) => {
                *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
                true
            }
            Err(error) => {
                tracing::warn!(%error, "the keys of the identity provider stay as they were");
                false
            }
        }
    }
}

async fn read(source: &JwksSource) -> Result<Vec<PublicKey>, JwksError> {
    let (place, text) = match source {
        JwksSource::File(path) => {
            let text = std::fs::read(path)
                .map_err(|reason| JwksError::File { path: path.clone(), reason })?;
            (path.display().to_string(), text)
        }
        JwksSource::Url(url) => {
            let fetched = fetch::get(url, LIMIT_BYTES).await;
            let text = fetched.map_err(|reason| JwksError::Url { url: url.clone(), reason })?;
            (url.clone(), text)
        }
    };
    let keys = parse(&text);
    if keys.is_empty() { Err(JwksError::Empty { place }) } else { Ok(keys) }
}

/// The keys of a set that signatures are checked with; others, and those of algorithms that are not
/// on our list, are left out.
fn parse(text: &[u8]) -> Vec<PublicKey> {
    // One key that cannot be read must not take the others with it.
    let set: serde_json::Value = serde_json::from_slice(text).unwrap_or_default();
    let keys = set.get("keys").and_then(|it| it.as_array()).cloned().unwrap_or_default();
    let keys = keys.into_iter().filter_map(|it| serde_json::from_value::<Jwk>(it).ok());
    keys.filter_map(|it| public_key(&it)).collect()
}

fn public_key(jwk: &Jwk) -> Option<PublicKey> {
    let (algorithm, named) = match &jwk.algorithm {
        AlgorithmParameters::RSA(_) => (Algorithm::RS256, KeyAlgorithm::RS256),
        AlgorithmParameters::EllipticCurve(it) if it.curve == EllipticCurve::P256 => {
            (Algorithm::ES256, KeyAlgorithm::ES256)
        }
        _ => return None,
    };
    let stated = jwk.common.key_algorithm;
    let signs = matches!(jwk.common.public_key_use, None | Some(PublicKeyUse::Signature));
    let fits = signs && stated.is_none_or(|it| it == named);
    let check = DecodingKey::from_jwk(jwk).ok().filter(|_| fits)?;
    Some(PublicKey { id: jwk.common.key_id.clone(), algorithm, check })
}

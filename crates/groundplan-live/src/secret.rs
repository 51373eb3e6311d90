//! Secrets of rows: taken in, stored as hashes, never given out.
//!
//! Passwords are guessed, so their hashes are slow and salted (argon2id, RFC 9106). Tokens and keys
//! cannot be guessed; SHA-256 is enough, and lets a column stay unique.

use argon2::Argon2;
use argon2::password_hash::{Error, PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use groundplan_model::service::{Resource, Role};
use sha2::{Digest, Sha256};

use crate::refused::Refused;
use crate::store::Cell;
use crate::validate::Sent;

#[cfg(test)]
mod tests;

/// Bytes of salt, as RFC 9106 recommends.
const SALT_BYTES: usize = 16;

/// How a column's secret is hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Secret {
    Password,
    Token,
}

/// The columns of `resource` of which hashes are stored.
pub(crate) fn of(resource: &Resource) -> Vec<(usize, Secret)> {
    let columns = resource.fields.iter().zip(&resource.table.columns).enumerate();
    let secrets = columns.filter(|(_, (field, _))| field.role == Role::Secret);
    secrets.map(|(at, (_, column))| (at, kind(&column.name))).collect()
}

fn kind(column: &str) -> Secret {
    let name = column.to_lowercase();
    let is_password = ["pass", "pwd", "pin"].iter().any(|it| name.contains(it));
    if is_password { Secret::Password } else { Secret::Token }
}

/// Puts hashes in the place of the secrets that were sent.
pub(crate) async fn seal(secrets: &[(usize, Secret)], mut sent: Sent) -> Result<Sent, Refused> {
    for (at, secret) in secrets {
        let Some(Some(Cell::Text(text))) = sent.get(*at) else { continue };
        let hash = match secret {
            Secret::Password => Box::pin(hash_password(text.clone())).await?,
            Secret::Token => digest(text),
        };
        if let Some(cell) = sent.get_mut(*at) {
            *cell = Some(Cell::Text(hash));
        }
    }
    Ok(sent)
}

/// SHA-256 in hexadecimal digits.
pub(crate) fn digest(text: &str) -> String {
    digest_of(text.as_bytes())
}

/// SHA-256 of bytes in hexadecimal digits.
pub(crate) fn digest_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A word that nobody can guess.
pub(crate) fn word() -> Result<String, Refused> {
    let bytes = random::<32>()?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

async fn hash_password(password: String) -> Result<String, Refused> {
    let salt = SaltString::encode_b64(&random::<SALT_BYTES>()?).map_err(broken)?;
    slowly(move || {
        let hash = Argon2::default().hash_password(password.as_bytes(), &salt);
        hash.map(|it| it.to_string()).map_err(broken)
    })
    .await?
}

/// Whether `password` is the one of `hash`. Without a hash it takes as long and says no: how long an
/// answer takes must not tell who has an account.
pub(crate) async fn is_password(password: String, hash: Option<String>) -> Result<bool, Refused> {
    slowly(move || {
        let Some(hash) = hash else {
            let salt = SaltString::encode_b64(&[0; SALT_BYTES]).map_err(broken)?;
            Argon2::default().hash_password(password.as_bytes(), &salt).map_err(broken)?;
            return Ok(false);
        };
        let Ok(hash) = PasswordHash::new(&hash) else { return Ok(false) };
        Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await?
}

/// Runs what takes tens of milliseconds where it holds up nobody.
async fn slowly<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Refused> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Refused::unavailable())
}

fn random<const BYTES: usize>() -> Result<[u8; BYTES], Refused> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|error| {
        tracing::error!(%error, "the system gives no random bytes");
        Refused::unavailable()
    })?;
    Ok(bytes)
}

fn broken(error: Error) -> Refused {
    tracing::error!(%error, "a password could not be hashed");
    Refused::unavailable()
}

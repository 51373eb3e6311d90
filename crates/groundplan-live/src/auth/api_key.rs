//! Keys of callers in a header. The service knows their hashes only.

use std::collections::HashMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::caller::Caller;

/// One caller's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// SHA-256 of the key.
    pub sha256: [u8; 32],
    /// The caller.
    pub subject: String,
    /// What the caller may do.
    pub roles: Vec<String>,
    /// The caller's tenant.
    pub tenant: Option<String>,
}

/// A line of a file of keys that cannot be read.
#[derive(Debug, Error, PartialEq, Eq)]
#[error(
    "line {line} of the API keys has {what}; write `SHA256 SUBJECT [ROLE,ROLE [TENANT]]`, the hash \
     in hexadecimal digits"
)]
pub struct ApiKeysError {
    line: usize,
    what: &'static str,
}

impl ApiKey {
    /// The keys of a file: a line each, `SHA256 SUBJECT [ROLE,ROLE [TENANT]]`. Empty lines and those
    /// that begin with `#` are left out; `-` stands for no role.
    ///
    /// # Errors
    ///
    /// Where a line has no hash or names no caller.
    pub fn read_all(text: &str) -> Result<Vec<Self>, ApiKeysError> {
        let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
        let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        lines
            .map(|(line, text)| Self::read(text).map_err(|what| ApiKeysError { line, what }))
            .collect()
    }

    fn read(line: &str) -> Result<Self, &'static str> {
        let mut words = line.split_whitespace();
        let hash = words.next().map(|it| it.strip_prefix("sha256:").unwrap_or(it));
        let sha256 = hash.and_then(hex).ok_or("no SHA-256 hash")?;
        let subject = words.next().ok_or("no caller")?.to_owned();
        let roles = words.next().filter(|it| *it != "-").unwrap_or_default();
        let roles = roles.split(',').filter(|it| !it.is_empty()).map(str::to_owned).collect();
        Ok(Self { sha256, subject, roles, tenant: words.next().map(str::to_owned) })
    }

    fn caller(&self) -> Caller {
        Caller {
            subject: Arc::from(self.subject.as_str()),
            tenant: self.tenant.as_deref().map(Arc::from),
            roles: self.roles.clone().into(),
        }
    }
}

/// Callers by the hashes of their keys: what is compared is no secret, so the time that it takes
/// tells nothing.
pub(super) struct ApiKeys(HashMap<[u8; 32], Caller>);

impl ApiKeys {
    pub(super) fn new(keys: &[ApiKey]) -> Self {
        Self(keys.iter().map(|it| (it.sha256, it.caller())).collect())
    }

    pub(super) fn caller(&self, key: &str) -> Option<Caller> {
        if self.0.is_empty() {
            return None;
        }
        let hash: [u8; 32] = Sha256::digest(key.as_bytes()).into();
        self.0.get(&hash).cloned()
    }
}

fn hex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, at) in bytes.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(text.get(at..at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

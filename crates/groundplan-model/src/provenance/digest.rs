//! What a text was, in sixteen characters.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use super::normal;

/// The first eight bytes of the SHA-256 of a text. What formatters change does not matter: line
/// ends, blank lines, padding of tables, bullets and their like.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct Digest(u64);

impl Digest {
    /// Stands for a text that does not matter.
    pub const UNUSED: Self = Self(0);

    /// The digest of `text`.
    pub fn of(text: &str) -> Self {
        let mut hash = Sha256::new();
        for line in normal::lines(text) {
            hash.update(line.as_bytes());
            hash.update("\n");
        }
        let head = hash.finalize().first_chunk::<8>().copied().unwrap_or_default();
        Self(u64::from_be_bytes(head))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// A text that is no digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DigestError;

impl fmt::Display for DigestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a digest is 16 hexadecimal digits")
    }
}

impl std::error::Error for DigestError {}

impl FromStr for Digest {
    type Err = DigestError;

    fn from_str(text: &str) -> Result<Self, DigestError> {
        let is_hex = text.len() == 16 && text.bytes().all(|it| it.is_ascii_hexdigit());
        let value = u64::from_str_radix(text, 16).ok().filter(|_| is_hex);
        value.map(Self).ok_or(DigestError)
    }
}

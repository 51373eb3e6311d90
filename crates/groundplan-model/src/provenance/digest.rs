//! What a text was, in sixteen characters.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

/// The first eight bytes of the SHA-256 of a text. Line ends, blanks at the end of lines, and how
/// many blank lines follow one another do not matter: formatters change them.
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
        for line in normal_lines(text) {
            hash.update(line);
            hash.update("\n");
        }
        let head = hash.finalize().first_chunk::<8>().copied().unwrap_or_default();
        Self(u64::from_be_bytes(head))
    }
}

/// Lines without blanks at their ends; one empty line for a run of them, none at the ends.
fn normal_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut blank = false;
    let mut begun = false;
    text.lines()
        .map(str::trim_end)
        .flat_map(move |line| {
            if line.is_empty() {
                blank = true;
                return [None, None];
            }
            let gap = (blank && begun).then_some("");
            (blank, begun) = (false, true);
            [gap, Some(line)]
        })
        .flatten()
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

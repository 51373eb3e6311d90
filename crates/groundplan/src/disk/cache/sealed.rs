//! Files of the cache: their bytes behind a digest of them, replaced as a whole.

use std::fs;
use std::path::Path;

/// Bytes of the digest.
const SEAL: usize = 8;

/// The bytes of a file that is as it was written; what is broken is not there.
pub(super) fn read(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = fs::read(path).ok()?;
    let seal = u64::from_le_bytes(*bytes.last_chunk::<SEAL>()?);
    bytes.truncate(bytes.len() - SEAL);
    (digest(&bytes) == seal).then_some(bytes)
}

/// Writes a file. One that cannot be written is none: the next run is slower.
pub(super) fn write(path: &Path, mut bytes: Vec<u8>) {
    bytes.extend(digest(&bytes).to_le_bytes());
    let fresh = path.with_extension(format!("{}.tmp", std::process::id()));
    if fs::write(&fresh, bytes).and_then(|()| fs::rename(&fresh, path)).is_err() {
        let _ = fs::remove_file(&fresh);
    }
}

/// A digest that tells torn and broken files, eight bytes a step: a hash against attackers took longer
/// than finding what changed. Whoever can write the file can write its digest.
fn digest(bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let (words, rest) = bytes.as_chunks::<SEAL>();
    let step = |sum: u64, word: u64| (sum ^ word).wrapping_mul(FACTOR).rotate_left(29);
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let sum = words.iter().fold(length, |sum, word| step(sum, u64::from_le_bytes(*word)));
    rest.iter().fold(sum, |sum, byte| step(sum, u64::from(*byte)))
}

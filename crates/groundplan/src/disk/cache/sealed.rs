//! Files of the cache: their bytes behind a digest of them, replaced as a whole.

use std::fs;
use std::path::Path;

use super::hash;

/// Bytes of the digest.
const SEAL: usize = 8;

/// The bytes of a file that is as it was written; what is broken is not there.
pub(super) fn read(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = fs::read(path).ok()?;
    let seal = u64::from_le_bytes(*bytes.last_chunk::<SEAL>()?);
    bytes.truncate(bytes.len() - SEAL);
    (hash(&bytes) == seal).then_some(bytes)
}

/// Writes a file. One that cannot be written is none: the next run is slower.
pub(super) fn write(path: &Path, mut bytes: Vec<u8>) {
    bytes.extend(hash(&bytes).to_le_bytes());
    let fresh = path.with_extension(format!("{}.tmp", std::process::id()));
    if fs::write(&fresh, bytes).and_then(|()| fs::rename(&fresh, path)).is_err() {
        let _ = fs::remove_file(&fresh);
    }
}

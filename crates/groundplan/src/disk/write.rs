//! Replacing a document, whole or not at all.

use std::fs;
use std::io;
use std::path::Path;

/// Writes `text` to a new file beside `path` and moves it there, so that an interrupted run leaves
/// the old text or the new one. Permissions stay; a symbolic link keeps pointing at its file.
pub(crate) fn write(path: &Path, text: &str) -> io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let fresh = target.with_file_name(name);
    let written = fs::write(&fresh, text)
        .and_then(|()| match fs::metadata(&target) {
            Ok(metadata) => fs::set_permissions(&fresh, metadata.permissions()),
            Err(_) => Ok(()),
        })
        .and_then(|()| fs::rename(&fresh, &target));
    if written.is_err() {
        let _ = fs::remove_file(&fresh);
    }
    written
}

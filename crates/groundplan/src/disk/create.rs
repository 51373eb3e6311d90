//! Making a document that is not there yet, one at a time.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::printed;
use super::state::{FOLDER, make, parent};
use crate::exit::Failure;

/// Held while a number is chosen and its document is made: two runs must not choose one number.
/// The system frees it when the run ends, however it ends.
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits until no other run makes documents in the workspace at `root`.
    pub(crate) fn of(root: &Path) -> Result<Self, Failure> {
        let folder = root.join(FOLDER);
        let path = folder.join("lock");
        let open = || OpenOptions::new().create(true).append(true).open(&path);
        let locked = make(&folder).and_then(|()| open()).and_then(|file| {
            file.lock()?;
            Ok(file)
        });
        let file = locked.map_err(|error| {
            let doing = format!("cannot lock `{}`", printed(&path));
            Failure::io(doing, &error, "make `.groundplan` writable")
        })?;
        Ok(Self { _file: file })
    }
}

/// Writes a new file, with the folders above it; what is there already is never overwritten.
pub(crate) fn create(path: &Path, text: &str) -> Result<(), Failure> {
    let name = printed(path);
    let written = fs::create_dir_all(parent(path)).and_then(|()| {
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(text.as_bytes()).inspect_err(|_| {
            let _ = fs::remove_file(path);
        })
    });
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => exists(&name),
        _ => Failure::io(format!("cannot write `{name}`"), &error, "make its folder writable"),
    })
}

/// Says that nothing is overwritten.
pub(crate) fn exists(name: &str) -> Failure {
    Failure::new(
        format!("`{name}` is there already, and is not overwritten"),
        "choose another name or --number, name another file with --output, or move it away",
    )
}

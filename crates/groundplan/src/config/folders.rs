//! Folders as the disk knows them: where they lie, and which configuration file is the nearest.
//!
//! Each is asked about once. A folder lies on the way up from all those below it, and asking the
//! system about the whole way for each took a tenth of the time of reading their documents.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::discover::file_in;

/// What was asked so far. All but the keys of `resolved` are resolved folders. Keys are the bytes of
/// paths: to hash them part by part takes ten times as long.
#[derive(Default)]
pub(super) struct Folders {
    /// The folder that the program was started in.
    here: OnceCell<PathBuf>,
    resolved: HashMap<OsString, PathBuf>,
    /// The root of the repository that each lies in.
    repositories: HashMap<OsString, Option<PathBuf>>,
    /// The nearest configuration file.
    files: HashMap<OsString, Option<PathBuf>>,
}

impl Folders {
    /// Where a folder lies, without symbolic links; as it is written where that cannot be told.
    pub(super) fn resolved(&mut self, folder: &Path) -> PathBuf {
        if let Some(resolved) = self.resolved.get(folder.as_os_str()) {
            return resolved.clone();
        }
        let resolved = self.below_another(folder).unwrap_or_else(|| {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned())
        });
        self.resolved.insert(folder.into(), resolved.clone());
        resolved
    }

    /// A folder that is no symbolic link lies in the folder above it.
    fn below_another(&mut self, folder: &Path) -> Option<PathBuf> {
        let above = folder.parent().filter(|it| !it.as_os_str().is_empty())?;
        let is_folder = std::fs::symlink_metadata(folder).ok()?.is_dir();
        let name = folder.file_name().filter(|_| is_folder)?;
        Some(self.resolved(above).join(name))
    }

    /// The configuration file that is the nearest to a resolved folder: in it, or on the way up.
    pub(super) fn file(&mut self, folder: &Path) -> Option<PathBuf> {
        if let Some(file) = self.files.get(folder.as_os_str()) {
            return file.clone();
        }
        let file = file_in(folder).or_else(|| {
            let above = self.above(folder)?;
            self.file(above)
        });
        self.files.insert(folder.into(), file.clone());
        file
    }

    /// The next folder on the way up from a resolved one. The way ends at the root of its repository;
    /// outside of one, at the folder that the program was started in.
    pub(super) fn above<'f>(&mut self, folder: &'f Path) -> Option<&'f Path> {
        let goes_on = match self.repository(folder) {
            Some(root) => folder != root,
            None => folder.ancestors().skip(1).any(|it| it == self.here()),
        };
        folder.parent().filter(|_| goes_on)
    }

    fn repository(&mut self, folder: &Path) -> Option<PathBuf> {
        if let Some(root) = self.repositories.get(folder.as_os_str()) {
            return root.clone();
        }
        let root = match folder.join(".git").exists() {
            true => Some(folder.to_owned()),
            false => folder.parent().and_then(|it| self.repository(it)),
        };
        self.repositories.insert(folder.into(), root.clone());
        root
    }

    /// A resolved path as it is written from the folder that the program was started in.
    pub(super) fn seen_from_here(&self, path: &Path) -> PathBuf {
        path.strip_prefix(self.here()).unwrap_or(path).to_owned()
    }

    fn here(&self) -> &Path {
        let here = || std::env::current_dir().and_then(std::fs::canonicalize);
        self.here.get_or_init(|| here().unwrap_or_default())
    }
}

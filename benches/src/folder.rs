//! Where a bench keeps its files: in the target folder, on the disk that a build is on, and gone
//! afterwards. A folder of the system's own may be in memory, where durability costs nothing.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// A folder that is removed when it is dropped.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// An empty folder for the bench named `name`.
    pub(crate) fn new(name: &str) -> Result<Self> {
        let target = sibling("..")?;
        let path = target.join(format!("bench-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).with_context(|| format!("cannot make {}", path.display()))?;
        Ok(Self(path))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left lies in the target folder and is in nobody's way.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A file beside this program: the release build of another one.
pub(crate) fn sibling(name: &str) -> Result<PathBuf> {
    let own = std::env::current_exe().context("this program does not know where it is")?;
    let folder = own.parent().context("this program lies nowhere")?;
    let path = folder.join(name);
    path.canonicalize()
        .with_context(|| format!("{} is not there; `cargo xtask bench` builds it", path.display()))
}

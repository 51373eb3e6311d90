//! A folder of its own for a test, gone with the value.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use groundplan_tests::{files, root};

pub(crate) struct Folder {
    path: PathBuf,
}

static COUNT: AtomicUsize = AtomicUsize::new(0);

impl Folder {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("groundplan-tests-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).expect("a folder for the test");
        Self { path }
    }

    /// A copy of the example workspace, for runs that leave something behind.
    pub(crate) fn example() -> Self {
        Self::copy_of("examples/data-export")
    }

    /// A copy of one of the example workspaces.
    pub(crate) fn copy_of(example: &str) -> Self {
        let folder = Self::empty();
        assert!(root().join(example).is_dir(), "{example} is gone");
        for file in files(example) {
            let path = file.path.trim_start_matches(example).trim_start_matches('/');
            folder.write(path, &file.bytes);
        }
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The full path of a file in it.
    pub(crate) fn full(&self, path: &str) -> String {
        self.path.join(path).display().to_string()
    }

    /// Writes a file, and the folders above it.
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) {
        let full = self.path.join(path);
        let parent = full.parent().expect("a file lies in a folder");
        std::fs::create_dir_all(parent).expect("a folder for the test");
        std::fs::write(full, bytes).expect("a file for the test");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

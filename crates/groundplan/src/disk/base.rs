//! The texts that the program last wrote into documents: the bases of three-way merges.
//!
//! They lie in `.groundplan/base/` of the workspace, each at its document's own path, and belong
//! into the repository: who pulls a document can merge what is derived anew into it.

use std::fs;
use std::path::{Path, PathBuf};

use super::read::read_if_there;
use super::state::{FOLDER, make, parent, upwards};
use super::{printed, write};
use crate::config::NAMES;
use crate::exit::Failure;

/// Name of the folder inside `.groundplan/`.
const BASE: &str = "base";

/// The base texts of one workspace.
pub(crate) struct Base {
    root: PathBuf,
}

impl Base {
    /// The base texts of the workspace that `document` lies in. The document need not be there.
    pub(crate) fn of(document: &Path) -> Self {
        Self { root: workspace_root(&parent(document)) }
    }

    /// What was last written into `document`; `None` where nothing was.
    pub(crate) fn read(&self, document: &Path) -> Result<Option<String>, Failure> {
        read_if_there(&self.path(document), "base text", "make it readable, or delete it")
    }

    /// Keeps what was written into `document`.
    pub(crate) fn write(&self, document: &Path, text: &str) -> Result<(), Failure> {
        let path = self.path(document);
        let written = make(&self.root.join(FOLDER))
            .and_then(|()| fs::create_dir_all(parent(&path)))
            .and_then(|()| write(&path, text));
        written.map_err(|error| {
            let doing = format!("cannot write the base text `{}`", printed(&path));
            Failure::io(doing, &error, "make `.groundplan` writable")
        })
    }

    /// Where the base text of `document` lies.
    fn path(&self, document: &Path) -> PathBuf {
        self.root.join(FOLDER).join(BASE).join(path_within(&self.root, document))
    }
}

/// The root of the workspace that `folder` lies in: the nearest folder upwards with a
/// configuration file, or else the repository's, or else the nearest with a `.groundplan`, or else
/// the one that the program was started in, or `folder` itself where it lies elsewhere.
pub(crate) fn workspace_root(folder: &Path) -> PathBuf {
    let folders = upwards(&existing(folder));
    // `run DOCS` makes a `.groundplan` in a folder of documents: that alone must not move the root,
    // or what was kept in it before is not found again.
    let nearest =
        |names: &[&str]| folders.iter().find(|it| names.iter().any(|name| it.join(name).exists()));
    let found = [&NAMES[..], &[".git"], &[FOLDER]].into_iter().find_map(nearest);
    found.or(folders.last()).cloned().unwrap_or_else(|| folder.to_owned())
}

/// The nearest folder upwards that is there: a document may be about to get a folder of its own.
fn existing(folder: &Path) -> PathBuf {
    let mut candidates = folder.ancestors().filter(|it| it.is_dir());
    candidates.next().map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// The path of `document` from `root`, whatever way either is written.
pub(crate) fn path_within(root: &Path, document: &Path) -> PathBuf {
    let [root, folder] = [root, &parent(document)].map(resolved);
    let name = document.file_name().unwrap_or_default();
    folder.strip_prefix(&root).map_or_else(|_| PathBuf::from(name), |inside| inside.join(name))
}

/// Without links and `..`, as far as the path exists.
fn resolved(path: &Path) -> PathBuf {
    let there = existing(path);
    let rest = path.strip_prefix(&there).unwrap_or_else(|_| Path::new("")).to_owned();
    fs::canonicalize(&there).unwrap_or(there).join(rest)
}

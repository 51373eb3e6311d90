//! The file `.groundplan/approvals.toml`: who approved which section of which document.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use groundplan_model::Approvals;
use groundplan_model::paths::file_name;

use super::cache::hash;
use super::path_within;
use super::read::read_if_there;
use super::state::{FOLDER, make};
use super::{Place, printed, workspace_root, write};
use crate::exit::Failure;

/// Name of the file inside `.groundplan/`.
const FILE: &str = "approvals.toml";

/// The approvals of one workspace, by paths from its root.
pub(crate) struct ApprovalFile {
    root: PathBuf,
    /// As it was read.
    text: String,
    /// What was approved.
    pub(crate) approvals: Approvals,
}

impl ApprovalFile {
    /// The approvals of the workspace that `folder` lies in; none where there is no file.
    pub(crate) fn of(folder: &Path) -> Result<Self, Failure> {
        let root = workspace_root(folder);
        let path = root.join(FOLDER).join(FILE);
        let text = read_if_there(&path, "approvals", "make it readable")?.unwrap_or_default();
        let approvals = Approvals::parse(&text).map_err(|error| {
            let message = format!("`{}` cannot be read: {}", printed(&path), error.message);
            Failure::new(message, "correct it, or restore it from the repository's history")
        })?;
        Ok(Self { root, text, approvals })
    }

    /// The digest of the file.
    pub(crate) fn digest(&self) -> u64 {
        hash(&self.text)
    }

    /// The path of a document from the workspace's root, as approvals name it.
    pub(crate) fn key(&self, document: &Path) -> String {
        printed(&path_within(&self.root, document))
    }

    /// Where the file lies, as it is printed.
    pub(crate) fn name(&self) -> String {
        printed(&self.root.join(FOLDER).join(FILE))
    }

    /// Whether a document that was approved is gone.
    pub(crate) fn is_gone(&self, key: &str) -> bool {
        !self.root.join(key).exists()
    }

    /// Writes the file.
    pub(crate) fn save(&self) -> Result<(), Failure> {
        let folder = self.root.join(FOLDER);
        let text = self.approvals.to_text();
        let written = make(&folder).and_then(|()| write(&folder.join(FILE), &text));
        written.map_err(|error| {
            let doing = format!("cannot write the approvals `{}`", self.name());
            Failure::io(doing, &error, "make `.groundplan` writable")
        })
    }

    /// The same approvals, by the names under which documents were read.
    pub(crate) fn by_name<'a>(&self, places: impl Iterator<Item = &'a Place>) -> Approvals {
        // Asking the disk where each of ten thousand documents lies takes longer than checking
        // them: most are told by their file name.
        let all = &self.approvals.documents;
        let known: HashSet<&str> = all.keys().map(|path| file_name(path)).collect();
        let likely = places.filter(|it| known.contains(file_name(&it.name)));
        let found = likely.filter_map(|it| Some((it.name.clone(), all.get(&self.key(&it.path))?)));
        Approvals { documents: found.map(|(name, it)| (name, it.clone())).collect() }
    }
}

//! The documents that differ between two revisions, read on both sides.

use std::path::{Path, PathBuf};

use groundplan_model::{Document, paths};
use groundplan_syntax::Source;
use rayon::prelude::*;

use crate::config::Configs;
use crate::disk::{Place, Profiles, is_searched, path_within, printed, read};
use crate::exit::Failure;
use crate::git::{Git, Range};
use crate::load::Loaded;

/// Documents that differ: those that are the same on both sides are in neither.
pub(crate) struct Revisions {
    /// What was compared.
    pub(crate) range: Range,
    /// As they were, sorted by path.
    pub(crate) before: Vec<Document>,
    /// As they are, sorted by path.
    pub(crate) after: Vec<Document>,
}

impl Revisions {
    /// Reads the documents under `paths` that differ in the range that `text` asks for.
    pub(crate) fn read(text: &str, paths: &[PathBuf]) -> Result<Self, Failure> {
        let git = repository()?;
        let range = git.range(text)?;
        let reader = Reader::new(&git, paths)?;
        let changed: Vec<String> = git.changed_documents(&range);
        let changed: Vec<String> = changed.into_iter().filter(|it| reader.wants(it)).collect();
        let before =
            |path: &String| git.text_in(&range.from, path).map(|text| reader.document(path, &text));
        let after = |path: &String| match &range.to {
            Some(to) => Ok(git.text_in(to, path).map(|text| reader.document(path, &text))),
            None => reader.on_disk(path),
        };
        let before: Vec<Document> = changed.par_iter().filter_map(before).collect();
        let after: Result<Vec<Option<Document>>, Failure> = changed.par_iter().map(after).collect();
        let after = after?.into_iter().flatten().collect();
        Ok(Self { range, before, after })
    }
}

/// The repository around the folder that the program was started in.
pub(crate) fn repository() -> Result<Git, Failure> {
    Git::of(Path::new(".")).ok_or_else(|| {
        Failure::new(
            "there is no Git repository here, so that there are no revisions to compare",
            "run it in a repository, and see that the program `git` is installed",
        )
    })
}

/// Reads documents by their paths from the root.
struct Reader<'a> {
    git: &'a Git,
    /// The folder that the program was started in, from the root.
    here: String,
    /// What is looked at, from the root; empty for everything.
    wanted: Vec<String>,
    configs: Configs,
    empty: Loaded,
}

impl<'a> Reader<'a> {
    fn new(git: &'a Git, paths: &[PathBuf]) -> Result<Self, Failure> {
        let inside = |path: &Path| from_root(git, path);
        let configs = Configs::default();
        let wanted: Vec<String> = paths.iter().map(|it| inside(it)).collect();
        let profiles = Profiles::of(paths)?;
        let here = inside(Path::new("."));
        Ok(Self { git, here, wanted, configs, empty: Loaded::empty(profiles) })
    }

    /// A file that is named is taken; in folders what a search takes.
    fn wants(&self, path: &str) -> bool {
        self.wanted.iter().any(|wanted| {
            let folder = wanted.trim_end_matches('/');
            let inside = path.strip_prefix(folder).is_some_and(|it| it.starts_with('/'));
            path == folder || (folder.is_empty() || inside) && self.is_searched(path)
        })
    }

    fn is_searched(&self, path: &str) -> bool {
        is_searched(path) && self.configs.includes(Path::new(&self.name(path)))
    }

    /// As it is printed: from the folder that the program was started in.
    fn name(&self, path: &str) -> String {
        paths::relative(&format!("{}/_", self.here), path)
    }

    fn document(&self, path: &str, text: &str) -> Document {
        self.empty.reread(&Source::new(&self.name(path), text))
    }

    fn on_disk(&self, path: &str) -> Result<Option<Document>, Failure> {
        let place = Place { path: self.git.root.join(path), name: self.name(path) };
        match place.path.is_file() {
            true => Ok(Some(self.empty.reread(&read(&place)?))),
            false => Ok(None),
        }
    }
}

/// A path from the root of the repository; empty for the root itself.
fn from_root(git: &Git, path: &Path) -> String {
    let (Ok(root), Ok(full)) = (std::fs::canonicalize(&git.root), std::fs::canonicalize(path))
    else {
        // It is gone on the disk, and may be there in a revision.
        return printed(&path_within(&git.root, path));
    };
    match full.strip_prefix(&root) {
        Ok(inside) if inside.as_os_str().is_empty() => String::new(),
        Ok(inside) => printed(inside),
        Err(_) => printed(&full),
    }
}

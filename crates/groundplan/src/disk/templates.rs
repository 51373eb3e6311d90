//! The templates of a run: the team's own from `.groundplan/templates/`, over the built-in ones.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use groundplan_model::Template;

use super::state::{FOLDER, upwards};
use super::{Stamp, printed, within};
use crate::exit::Failure;

/// The folder of a team's own templates, inside `.groundplan/`.
const TEMPLATES: &str = "templates";

/// Every template of a run.
#[derive(Debug)]
pub(crate) struct Templates {
    /// The team's own, by the names of their files, then the built-in ones of other names.
    pub(crate) all: Vec<Template>,
    /// The files of the team's own.
    files: Vec<String>,
}

impl Templates {
    /// Those of the workspace that `folder` lies in.
    pub(crate) fn of(folder: &Path) -> Result<Self, Failure> {
        let folders = upwards(folder).into_iter().map(|it| it.join(FOLDER).join(TEMPLATES));
        let files = folders.into_iter().find(|it| it.is_dir()).map_or(Ok(Vec::new()), files)?;
        // An empty file is one that is being written: `new --show tid > .groundplan/templates/tid.md`.
        let is_begun = |path: &&PathBuf| fs::metadata(path).is_ok_and(|it| it.len() > 0);
        let files: Vec<PathBuf> = files.iter().filter(is_begun).cloned().collect();
        let own = files.iter().map(|path| read(path)).collect::<Result<Vec<_>, _>>()?;
        let files = files.iter().map(|path| printed(path)).collect();
        Ok(Self { all: Template::layered(own), files })
    }

    /// As [`Templates::of`], for what `paths` name.
    pub(crate) fn around(paths: &[PathBuf]) -> Result<Self, Failure> {
        Self::of(&within(paths))
    }

    /// The template named `name`.
    pub(crate) fn named(&self, name: &str) -> Option<&Template> {
        self.all.iter().find(|it| it.name == name)
    }

    /// When the team's own were written.
    pub(crate) fn stamps(&self) -> Vec<(&str, Option<Stamp>)> {
        Stamp::of_files(&self.files)
    }

    /// The file of the template at `index`; `None` for a built-in one.
    pub(crate) fn file(&self, index: usize) -> Option<&str> {
        self.files.get(index).map(String::as_str)
    }
}

/// The template files of a folder, sorted: two systems list them in two orders.
fn files(folder: PathBuf) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(&folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let entries = entries.map_err(|error| unreadable(&folder, &error))?;
    let mut files: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
    files.retain(|path| path.extension().is_some_and(|it| it == "md"));
    files.sort();
    Ok(files)
}

fn read(path: &Path) -> Result<Template, Failure> {
    let text = fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    Template::parse(&stem, &text).map_err(|error| {
        let message = format!("the template `{}` is broken: {}", printed(path), error.message);
        Failure::new(message, "correct it; `groundplan new --show tid` shows a built-in one")
    })
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let doing = format!("cannot read the template `{}`", printed(path));
    Failure::io(doing, error, "make it readable, or move it elsewhere")
}

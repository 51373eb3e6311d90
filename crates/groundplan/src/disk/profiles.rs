//! The profiles of a run: the team's own from `.groundplan/profiles/`, before the built-in ones.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use groundplan_model::Profile;

use super::state::{FOLDER, upwards};
use super::{Stamp, printed, within};
use crate::exit::Failure;

/// The folder of a team's own profiles, inside `.groundplan/`.
const PROFILES: &str = "profiles";

/// Every profile of a run, in the order in which they are asked.
#[derive(Debug)]
pub(crate) struct Profiles {
    /// The team's own, by the names of their files, then the built-in ones.
    pub(crate) all: Vec<Profile>,
    /// The files of the team's own.
    files: Vec<String>,
}

impl Profiles {
    /// Those of the workspace that the first of `paths` lies in; without paths, the one around the
    /// folder that the program was started in.
    pub(crate) fn of(paths: &[PathBuf]) -> Result<Self, Failure> {
        let folders = upwards(&within(paths)).into_iter().map(|it| it.join(FOLDER).join(PROFILES));
        let files = folders.into_iter().find(|it| it.is_dir()).map_or(Ok(Vec::new()), profiles)?;
        let mut all = files.iter().map(|path| read(path)).collect::<Result<Vec<_>, _>>()?;
        all.extend_from_slice(Profile::built_in());
        Ok(Self { all, files: files.iter().map(|path| printed(path)).collect() })
    }

    /// When the team's own were written.
    pub(crate) fn stamps(&self) -> Vec<(&str, Option<Stamp>)> {
        Stamp::of_files(&self.files)
    }

    /// The file of the profile at `index`; `None` for a built-in one.
    pub(crate) fn file(&self, index: usize) -> Option<&str> {
        self.files.get(index).map(String::as_str)
    }
}

/// The profile files of a folder, sorted: two systems list them in two orders.
fn profiles(folder: PathBuf) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(&folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let entries = entries.map_err(|error| unreadable(&folder, &error))?;
    let is_profile = |path: &PathBuf| path.extension().is_some_and(|it| it == "toml");
    let mut files: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
    files.retain(is_profile);
    files.sort();
    Ok(files)
}

fn read(path: &Path) -> Result<Profile, Failure> {
    let text = fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
    Profile::parse(&text).map_err(|error| {
        let name = printed(path);
        Failure::new(
            format!("the profile `{name}` is broken: {}", error.message.trim()),
            "correct it; `groundplan kinds --format json` shows what the built-in ones hold",
        )
    })
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let doing = format!("cannot read the profile `{}`", printed(path));
    Failure::io(doing, error, "make it readable, or move it elsewhere")
}

//! Arguments to documents: files as they are named, folders as they are walked.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use groundplan_model::code::is_contract;
use ignore::{DirEntry, WalkBuilder};

use super::printed;
use crate::config::Configs;
use crate::exit::Failure;

/// Folders that hold no design documents of this project. Other hidden folders are searched: teams
/// keep their specifications in `.kiro`, `.specify`, `.specweave` and the like.
pub(super) const FOREIGN: [&str; 20] = [
    ".cache",
    ".claude",
    ".cursor",
    ".direnv",
    ".git",
    ".github",
    ".gitlab",
    ".groundplan",
    ".hg",
    ".idea",
    ".jj",
    ".next",
    ".svn",
    ".terraform",
    ".tox",
    ".venv",
    ".vscode",
    ".windsurf",
    ".yarn",
    "node_modules",
];

/// One document: how it is opened and how it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// As it was found.
    pub(crate) path: PathBuf,
    /// As it is printed.
    pub(crate) name: String,
}

/// The documents under the arguments, sorted by name, each once.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The documents.
    pub(crate) places: Vec<Place>,
    /// The OpenAPI files beside them, in folders that were walked.
    pub(crate) contracts: Vec<Place>,
    /// Folders that could not be walked.
    pub(crate) failures: Vec<Failure>,
}

/// Whether an argument stands for standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// Finds the documents that `paths` name. A named file is taken whatever its name; in folders only
/// Markdown counts, and `.gitignore`, `.ignore`, `.groundplanignore` and the configuration are honoured. Where `stdin`
/// has a name, `-` is standard input under that name.
pub(crate) fn find(
    paths: &[PathBuf],
    stdin: Option<&str>,
    configs: &Configs,
) -> Result<Found, Failure> {
    find_telling(paths, stdin, configs, &mut |_| {})
}

/// As [`find`]; `tell` hears of each document in a folder when it is found.
pub(crate) fn find_telling(
    paths: &[PathBuf],
    stdin: Option<&str>,
    configs: &Configs,
    tell: &mut dyn FnMut(&Place),
) -> Result<Found, Failure> {
    let mut found = Found::default();
    let (mut places, mut contracts) = (BTreeMap::new(), BTreeMap::new());
    for path in paths {
        if let (true, Some(name)) = (is_stdin(path), stdin) {
            places.insert(name.to_owned(), path.clone());
            continue;
        }
        let metadata = std::fs::metadata(path).map_err(|error| unreachable(path, &error))?;
        if metadata.is_dir() {
            let seen = (&mut places, &mut contracts);
            walk(path, configs, seen, &mut found.failures, tell);
        } else {
            places.insert(printed(path), path.clone());
        }
    }
    [found.places, found.contracts] = [places, contracts]
        .map(|all| all.into_iter().map(|(name, path)| Place { path, name }).collect());
    if found.places.is_empty() && found.failures.is_empty() {
        return Err(nothing_found(paths));
    }
    Ok(found)
}

/// Whether a walk over folders would take the Markdown file at `path`, ignore files left aside.
pub(crate) fn is_searched(path: &str) -> bool {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    !name.starts_with('.') && !folders.split('/').any(|it| FOREIGN.contains(&it))
}

fn unreachable(path: &Path, error: &std::io::Error) -> Failure {
    let name = printed(path);
    if error.kind() == std::io::ErrorKind::NotFound {
        let help = format!("check the spelling, or run it in the folder that holds `{name}`");
        return Failure::new(format!("there is no file or folder `{name}`"), help);
    }
    Failure::io(format!("cannot open `{name}`"), error, "check its permissions")
}

fn nothing_found(paths: &[PathBuf]) -> Failure {
    let names: Vec<String> = paths.iter().map(|path| format!("`{}`", printed(path))).collect();
    Failure::new(
        format!("there is no Markdown document under {}", names.join(", ")),
        "name the files themselves if they do not end in `.md`, or if an ignore file leaves them out",
    )
}

fn walk(
    root: &Path,
    configs: &Configs,
    (places, contracts): (&mut BTreeMap<String, PathBuf>, &mut BTreeMap<String, PathBuf>),
    failures: &mut Vec<Failure>,
    tell: &mut dyn FnMut(&Place),
) {
    let honours_git = configs.workspace(root).flag("respect-gitignore", true);
    let walk = WalkBuilder::new(root)
        .hidden(false)
        .git_ignore(honours_git)
        .git_exclude(honours_git)
        .require_git(false)
        .add_custom_ignore_filename(".groundplanignore")
        .filter_entry(is_wanted)
        .build();
    for entry in walk {
        match entry {
            Ok(entry) if is_document(&entry) && configs.includes(entry.path()) => {
                let place = Place { name: printed(entry.path()), path: entry.into_path() };
                tell(&place);
                places.insert(place.name, place.path);
            }
            Ok(entry) if is_contract_file(&entry) && !configs.excludes(entry.path()) => {
                contracts.insert(printed(entry.path()), entry.into_path());
            }
            Ok(_) => {}
            Err(error) => failures.push(unwalkable(&error)),
        }
    }
}

fn is_wanted(entry: &DirEntry) -> bool {
    let is_folder = entry.file_type().is_some_and(|it| it.is_dir());
    let name = entry.file_name().to_str().unwrap_or("");
    match is_folder {
        _ if entry.depth() == 0 => true,
        true => !FOREIGN.contains(&name),
        false => !name.starts_with('.'),
    }
}

fn is_document(entry: &DirEntry) -> bool {
    let is_markdown = |extension: &OsStr| {
        extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("markdown")
    };
    // Symbolic links are not followed, as a search does: what they lead to is found where it lies,
    // or is somebody else's. Pipes and devices could be waited for without end.
    entry.file_type().is_some_and(|it| it.is_file())
        && entry.path().extension().is_some_and(is_markdown)
}

fn is_contract_file(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|it| it.is_file()) && is_contract(&printed(entry.path()))
}

pub(super) fn unwalkable(error: &ignore::Error) -> Failure {
    let path =
        path_of(error).map_or_else(|| "a folder".to_owned(), |it| format!("`{}`", printed(it)));
    let reason = error.io_error().map_or_else(|| error.to_string(), crate::exit::plain_reason);
    Failure::new(
        format!("cannot read {path}: {reason}"),
        "make it readable, or name it in `.groundplanignore`",
    )
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err)
        }
        _ => None,
    }
}

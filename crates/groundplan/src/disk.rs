//! The disk: the only place that reads and writes files.
//!
//! [`find`] turns arguments into documents, [`read`] reads one, [`write`] replaces one, [`Files`]
//! answers which paths exist, [`State`] is the folder `.groundplan/`, [`Profiles`] are the profiles
//! and [`Templates`] the templates in it with the built-in ones, [`Base`] keeps what the program
//! last wrote into documents, [`Cache`] what it found in them, [`ApprovalFile`] who approved what,
//! and [`Code`] what the source code says.

mod approvals;
mod base;
mod baseline;
mod cache;
mod code;
mod create;
mod files;
mod find;
mod profiles;
mod read;
mod state;
mod templates;
mod write;

pub(crate) use approvals::ApprovalFile;
pub(crate) use base::{Base, path_within, workspace_root};
pub(crate) use baseline::{Baseline, Entry, Known, Split};
pub(crate) use cache::{Cache, Shard, Stamp, hash};
pub(crate) use code::{Code, code_roots, read_contracts, read_results};
pub(crate) use create::{Lock, create, exists};
pub(crate) use files::Files;
pub(crate) use find::{Place, find, find_telling, is_searched, is_stdin};
pub(crate) use profiles::Profiles;
pub(crate) use read::{read, read_if_there};
pub(crate) use state::{State, delete_database, fresh_key, parent, read_key};
pub(crate) use templates::Templates;
pub(crate) use write::write;

use std::path::{Component, Path, PathBuf};

/// How a path is printed and compared: `/` between its parts, no `.` parts, nothing resolved.
pub(crate) fn printed(path: &Path) -> String {
    let mut text = String::new();
    for part in path.components() {
        if part == Component::CurDir {
            continue;
        }
        if !text.is_empty() && !text.ends_with('/') {
            text.push('/');
        }
        let part = part.as_os_str().to_string_lossy();
        text.push_str(if part == std::path::MAIN_SEPARATOR_STR { "/" } else { &part });
    }
    if text.is_empty() { ".".to_owned() } else { text }
}

/// The folder of the first of `paths`; without one that is a path, where the program was started.
fn within(paths: &[PathBuf]) -> PathBuf {
    let first = paths.first().filter(|path| !is_stdin(path));
    first.map_or_else(
        || PathBuf::from("."),
        |path| if path.is_dir() { path.clone() } else { state::parent(path) },
    )
}

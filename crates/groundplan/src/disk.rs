//! The disk: the only place that reads and writes files.
//!
//! [`find`] turns arguments into documents, [`read`] reads one, [`write`] replaces one, [`Files`]
//! answers which paths exist, [`State`] is the folder `.groundplan/`, [`Profiles`] are the profiles
//! in it with the built-in ones, and [`Base`] keeps what the program last wrote into documents.

mod base;
mod files;
mod find;
mod profiles;
mod read;
mod state;
mod write;

pub(crate) use base::{Base, workspace_root};
pub(crate) use files::Files;
pub(crate) use find::{Place, find, is_stdin};
pub(crate) use profiles::Profiles;
pub(crate) use read::read;
pub(crate) use state::{State, delete_database, fresh_key, parent, read_key};
pub(crate) use write::write;

use std::path::{Component, Path};

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

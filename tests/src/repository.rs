//! The files of this repository, without what is built or made by a run.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A file with its path from the root, written with `/`.
#[derive(Clone, Debug)]
pub struct File {
    /// Such as `crates/groundplan/src/main.rs`.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl File {
    /// The content as text; nothing where it is not UTF-8.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap_or("")
    }

    /// Whether the path ends so.
    pub fn is(&self, ending: &str) -> bool {
        self.path.ends_with(ending)
    }
}

/// The repository's root.
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

/// The text of the file at `path`, given from the root.
pub fn read(path: &str) -> String {
    let full = root().join(path);
    std::fs::read_to_string(&full).unwrap_or_else(|error| panic!("{}: {error}", full.display()))
}

/// All files below `folder`, given from the root, sorted by path.
pub fn files(folder: &str) -> Vec<File> {
    let mut found = Vec::new();
    collect(&root().join(folder), folder.trim_end_matches('/'), &mut found);
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

fn collect(folder: &Path, path: &str, found: &mut Vec<File>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_foreign(&name) {
            continue;
        }
        let path = if path.is_empty() { name } else { format!("{path}/{name}") };
        if entry.file_type().is_ok_and(|it| it.is_dir()) {
            collect(&entry.path(), &path, found);
        } else if let Ok(bytes) = std::fs::read(entry.path()) {
            found.push(File { path, bytes });
        }
    }
}

/// Built, made by a run, or left behind by a tool: hidden names are ours only where they are known.
fn is_foreign(name: &str) -> bool {
    let is_known = [".cargo", ".ci", ".github", ".gitignore"].contains(&name);
    name == "target" || name.starts_with('.') && !is_known
}

/// The `cargo` that runs us, in the repository's root. It hears nothing of this package: build
/// scripts that look at the variables of one would be run anew, and all that stands on them built
/// again.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let is_ours =
        |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
    let names = std::env::vars_os().map(|(name, _)| name);
    for name in names.filter(|it| it.to_str().is_some_and(is_ours)) {
        command.env_remove(name);
    }
    command.current_dir(root());
    command
}

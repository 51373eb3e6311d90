//! The folder `.groundplan/`: the service's database and its development key.

use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use super::printed;
use crate::config::NAMES;
use crate::exit::Failure;

/// Name of the folder.
pub(super) const FOLDER: &str = ".groundplan";

/// What Git does not see of it: everything but what a team shares.
const IGNORED: &str = "*\n!.gitignore\n!profiles/\n!profiles/**\n!templates/\n!templates/**\n\
    !base/\n!base/**\n!approvals.toml\n!baseline.toml\n";

/// As [`IGNORED`] was before there were profiles, and before there were templates.
const IGNORED_BEFORE: [&str; 2] = ["*\n", "*\n!.gitignore\n!profiles/\n!profiles/**\n"];

/// Bytes of a development key.
const KEY_BYTES: usize = 32;

/// The folder `.groundplan/` of one set of documents.
pub(crate) struct State {
    folder: PathBuf,
}

impl State {
    /// The state of the documents at `target`: in a folder itself; for a file in the next folder
    /// upwards that has one, and beside the file where none has.
    ///
    /// Looking upwards stops at the folder that the program was started in and at the root of a
    /// repository, so that `token FILE` finds what `run FOLDER` made and nothing further away.
    pub(crate) fn of(target: &Path) -> Self {
        if target.is_dir() {
            return Self { folder: plain(&target.join(FOLDER)) };
        }
        let beside = parent(target);
        let found = nearby(&beside).into_iter().find(|folder| folder.join(FOLDER).is_dir());
        Self { folder: plain(&found.unwrap_or(beside).join(FOLDER)) }
    }

    /// The database of `document`, in a folder that is there.
    pub(crate) fn database(&self, document: &str) -> Result<PathBuf, Failure> {
        self.create()?;
        let name = Path::new(document).file_stem().unwrap_or_default();
        Ok(self.folder.join(name).with_added_extension("sqlite"))
    }

    /// The development key, made at the first call.
    pub(crate) fn key(&self) -> Result<Vec<u8>, Failure> {
        self.create()?;
        let path = self.key_path();
        match write_new(&path, &digits(&fresh_key()?)) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(unwritable(&path, &error)),
        }
        self.known_key().and_then(|key| key.ok_or_else(|| no_key(&path)))
    }

    /// The development key, where there is one.
    pub(crate) fn known_key(&self) -> Result<Option<Vec<u8>>, Failure> {
        let path = self.key_path();
        match fs::read_to_string(&path) {
            Ok(text) => hex(text.trim()).map(Some).ok_or_else(|| no_key(&path)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => {
                let doing = format!("cannot read the key `{}`", printed(&path));
                Err(Failure::io(doing, &error, "make it readable, or delete it: a new one is made"))
            }
        }
    }

    fn key_path(&self) -> PathBuf {
        self.folder.join("dev-key")
    }

    fn create(&self) -> Result<(), Failure> {
        make(&self.folder).map_err(|error| unwritable(&self.folder, &error))
    }
}

/// Makes a folder `.groundplan`, of which Git sees what a team shares only.
pub(super) fn make(folder: &Path) -> io::Result<()> {
    let ignore = folder.join(".gitignore");
    fs::create_dir_all(folder)?;
    match fs::read_to_string(&ignore) {
        Ok(text) if !IGNORED_BEFORE.contains(&text.as_str()) => Ok(()),
        _ => fs::write(&ignore, IGNORED),
    }
}

/// A random key.
pub(crate) fn fresh_key() -> Result<Vec<u8>, Failure> {
    let mut bytes = vec![0; KEY_BYTES];
    getrandom::fill(&mut bytes).map_err(|error| {
        Failure::new(format!("the system gives no random bytes: {error}"), "try again later")
    })?;
    Ok(bytes)
}

/// Deletes a database and what SQLite keeps beside it.
pub(crate) fn delete_database(path: &Path) -> Result<(), Failure> {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        match fs::remove_file(&name) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                let doing = format!("cannot delete `{}`", printed(Path::new(&name)));
                return Err(Failure::io(doing, &error, "delete it by hand, or use --database"));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Reads a key file: hexadecimal digits as in `.groundplan/dev-key`, or else its bytes as they are.
pub(crate) fn read_key(path: &Path) -> Result<Vec<u8>, Failure> {
    let name = printed(path);
    let bytes = fs::read(path).map_err(|error| {
        Failure::io(format!("cannot read the key `{name}`"), &error, "check --key-file")
    })?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(hex(text.trim()).unwrap_or_else(|| text.trim_end().as_bytes().to_vec()))
}

/// Without `.` parts, as it is printed in messages.
fn plain(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != Component::CurDir).collect()
}

/// The folder that a file lies in.
pub(crate) fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// The folder and those above it, up to the one that the program was started in or the root of a
/// repository; the folder alone where neither lies above.
fn nearby(folder: &Path) -> Vec<PathBuf> {
    ancestors(folder, |it, here| it == here || is_repository(it))
}

/// The folder and those above it, up to the root of the repository; as [`nearby`] outside of one.
pub(super) fn upwards(folder: &Path) -> Vec<PathBuf> {
    let all = ancestors(folder, |it, _| is_repository(it));
    if all.last().is_some_and(|it| is_repository(it)) { all } else { nearby(folder) }
}

/// The folder and those above it, up to the first that `is_last`, which is asked about a folder and
/// the one that the program was started in.
fn ancestors(folder: &Path, is_last: fn(&Path, &Path) -> bool) -> Vec<PathBuf> {
    let here = std::env::current_dir().and_then(fs::canonicalize).unwrap_or_default();
    let start = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let last = start.ancestors().position(|it| is_last(it, &here)).unwrap_or(0);
    let relative = |it: &Path| match it.strip_prefix(&here) {
        Ok(rest) => Path::new(".").join(rest),
        Err(_) => it.to_owned(),
    };
    start.ancestors().take(last + 1).map(relative).collect()
}

/// Whether nothing further up belongs to the workspace: a repository, or a folder that says so.
fn is_repository(folder: &Path) -> bool {
    folder.join(".git").exists() || NAMES.iter().any(|name| folder.join(name).exists())
}

fn write_new(path: &Path, key: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(key.as_bytes())
}

fn digits(key: &[u8]) -> String {
    key.iter().map(|byte| format!("{byte:02x}")).chain(["\n".to_owned()]).collect()
}

fn hex(text: &str) -> Option<Vec<u8>> {
    let is_key = text.len() >= 2 * KEY_BYTES && text.len().is_multiple_of(2) && text.is_ascii();
    let digits = text.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok());
    let bytes = digits.map(|pair| u8::from_str_radix(pair?, 16).ok());
    if is_key { bytes.collect() } else { None }
}

fn no_key(path: &Path) -> Failure {
    let name = printed(path);
    Failure::new(format!("`{name}` holds no key"), "delete it: the next run makes a new one")
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let doing = format!("cannot write `{}`", printed(path));
    Failure::io(doing, error, "make its folder writable")
}

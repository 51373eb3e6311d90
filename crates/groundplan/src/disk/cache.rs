//! `.groundplan/cache/`: outlines and findings of documents, kept between runs.
//!
//! Keyed by the program, the folder it was started in, the rules that are run and what else decides a
//! finding; an entry by its document's name and stamp, or the digest of its text where the stamp
//! tells nothing. Safe to delete at any time. Files are replaced as a whole: of two processes that
//! write, the last one wins, and both were right.

mod answer;
mod sealed;
mod shard;

use std::fs::{self, Metadata};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::Place;
use super::state::{FOLDER, make};
use crate::units::Unit;

pub(crate) use shard::Shard;

/// Files that the entries are spread over, so that an edit rewrites few of them.
const SHARDS: usize = 32;

/// Below this many documents reading them is as fast as reading the cache.
const LEAST: usize = 48;

/// A file that was written so shortly before it was read may be written again without its stamp
/// telling: file systems count time in steps.
const SETTLED: Duration = Duration::from_secs(2);

/// How the names of the files begin.
const PREFIXES: [&str; 2] = ["check-", "answer-"];

/// How long files of other keys are kept.
const KEPT: Duration = Duration::from_secs(14 * 24 * 60 * 60);

/// When a file was last written, and how long it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Stamp {
    modified_ns: u64,
    length: u64,
    text: u64,
}

/// What is known of documents from earlier runs.
pub(crate) struct Cache {
    folder: Option<PathBuf>,
    key: u64,
    /// Of the arguments: each way to name documents has an answer of its own.
    paths: u64,
    began: SystemTime,
    is_writable: OnceLock<bool>,
}

impl Stamp {
    /// The stamps of these files, with their names.
    pub(crate) fn of_files(files: &[String]) -> Vec<(&str, Option<Self>)> {
        files.iter().map(|it| (it.as_str(), Self::of(Path::new(it)))).collect()
    }

    /// The stamp of the file at `path`; its text is not looked at.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        fs::metadata(path).ok().and_then(|it| Self::of_metadata(&it))
    }

    fn of_metadata(metadata: &Metadata) -> Option<Self> {
        let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        let modified_ns = u64::try_from(modified.as_nanos()).ok()?;
        Some(Self { modified_ns, length: metadata.len(), text: 0 })
    }

    /// The same with the digest of the file's text.
    pub(crate) fn with_text(self, text: &str) -> Self {
        Self { text: hash(text), ..self }
    }

    fn is_of_one_file(self, other: Self) -> bool {
        (self.modified_ns, self.length) == (other.modified_ns, other.length)
    }
}

impl Cache {
    /// The folder of the cache of the workspace at `root` where nothing else is settled.
    pub(crate) fn folder(root: &Path) -> PathBuf {
        root.join(FOLDER).join("cache")
    }

    /// A cache in `folder` of findings that depend on `parts`, for the documents under `paths`.
    pub(crate) fn of(folder: PathBuf, paths: &[PathBuf], parts: &impl Hash) -> Self {
        let here = std::env::current_dir().ok();
        let folder = Some(folder).filter(|_| here.is_some());
        let key = hash(&(program(), here, parts));
        Self { folder, key, paths: hash(paths), ..Self::none() }
    }

    /// No cache.
    pub(crate) fn none() -> Self {
        let is_writable = OnceLock::new();
        Self { folder: None, key: 0, paths: 0, began: SystemTime::now(), is_writable }
    }

    /// The same, if `count` documents are worth it.
    pub(crate) fn for_count(mut self, count: usize) -> Self {
        self.folder = self.folder.filter(|_| count >= LEAST);
        self
    }

    /// Indices of `places` by the shard that knows them. Shards are read one by one, and forgotten:
    /// all at once they take as much memory as what is made of them.
    pub(crate) fn parts(&self, places: &[Place]) -> Vec<Vec<usize>> {
        if self.folder.is_none() {
            return vec![(0..places.len()).collect()];
        }
        let mut parts = vec![Vec::new(); SHARDS];
        for (index, place) in places.iter().enumerate() {
            if let Some(part) = parts.get_mut(shard_of(&place.name)) {
                part.push(index);
            }
        }
        parts
    }

    /// Reads a shard.
    pub(crate) fn shard(&self, at: usize) -> Shard {
        let read = self.file(at).and_then(|path| sealed::read(&path));
        read.and_then(Shard::of).unwrap_or_default()
    }

    /// Writes a shard with units that it does not know.
    pub(crate) fn keep<'a>(
        &self,
        at: usize,
        shard: &Shard,
        units: impl Iterator<Item = (&'a Unit, Stamp)>,
    ) {
        let Some(path) = self.file(at) else { return };
        let fresh = |(unit, stamp): (&'a Unit, Stamp)| {
            let settled = self.is_settled(stamp);
            shard::Fresh { name: &unit.outline.path, stamp, settled, unit }
        };
        let fresh: Vec<shard::Fresh<'_>> = units.map(fresh).collect();
        if fresh.is_empty() || !self.is_writable() {
            return;
        }
        if let Some(bytes) = shard.with(&fresh) {
            sealed::write(&path, bytes);
        }
    }

    /// Whether a file of this stamp cannot be written again without its stamp telling.
    pub(crate) fn is_settled(&self, stamp: Stamp) -> bool {
        UNIX_EPOCH + Duration::from_nanos(stamp.modified_ns) + SETTLED < self.began
    }

    fn file(&self, shard: usize) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(format!("check-{:016x}-{shard:02}", self.key)))
    }

    fn answer_file(&self) -> Option<PathBuf> {
        let name = format!("answer-{:016x}-{:016x}", self.key, self.paths);
        Some(self.folder.as_ref()?.join(name))
    }

    /// Makes the folder when something is to be written; asked once.
    fn is_writable(&self) -> bool {
        let Some(folder) = &self.folder else { return false };
        *self.is_writable.get_or_init(|| {
            let above = folder.parent().filter(|it| it.ends_with(FOLDER));
            // A folder that somebody chose may hold other things, which Git is to see.
            let is_ours = above.is_some() || !folder.exists();
            let made = above.map_or(Ok(()), make).and_then(|()| fs::create_dir_all(folder));
            if made.is_err() {
                return false;
            }
            if is_ours {
                let _ = fs::write(folder.join(".gitignore"), "*\n");
            }
            forget_others(folder, self.began);
            true
        })
    }
}

/// Removes files of a cache that no run has written for long.
fn forget_others(folder: &Path, now: SystemTime) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(|it| it.file_name().to_str().is_some_and(is_of_cache)) {
        let modified = entry.metadata().and_then(|it| it.modified());
        let is_old = modified.is_ok_and(|it| now.duration_since(it).is_ok_and(|age| age > KEPT));
        if is_old {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether a file of this name is one of a cache: `check-0123456789abcdef-07`.
fn is_of_cache(name: &str) -> bool {
    let key = PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix)?.split('-').next());
    key.is_some_and(|it| it.len() == 16 && it.bytes().all(|it| it.is_ascii_hexdigit()))
}

fn shard_of(name: &str) -> usize {
    usize::try_from(hash(name) % SHARDS as u64).unwrap_or(0)
}

/// The program's version, and its own file's stamp: a version under work changes its rules.
fn program() -> (&'static str, Option<(u64, u64)>) {
    let own = std::env::current_exe().ok().and_then(|path| Stamp::of(&path));
    (env!("CARGO_PKG_VERSION"), own.map(|it| (it.modified_ns, it.length)))
}

/// A digest for this build of the program: no other reads it.
pub(crate) fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

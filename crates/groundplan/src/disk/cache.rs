//! `.groundplan/cache/`: outlines and findings of documents, kept between runs.
//!
//! Keyed by the program, the rules that are run and what else decides a finding; an entry by its
//! document's name and stamp, or the digest of its text where the stamp tells nothing. Safe to
//! delete at any time. Files are replaced as a whole: of two processes that write, the last one
//! wins, and both were right.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::state::{FOLDER, make};
use crate::units::Unit;

/// Files that the entries are spread over, so that an edit rewrites few of them.
const SHARDS: usize = 32;

/// Below this many documents reading them is as fast as reading the cache.
const LEAST: usize = 48;

/// A file that was written so shortly before it was read may be written again without its stamp
/// telling: file systems count time in steps.
const SETTLED: Duration = Duration::from_secs(2);

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
    shards: Vec<Shard>,
    began: SystemTime,
}

/// Entries by document name.
#[derive(Default)]
struct Shard {
    known: HashMap<String, Entry>,
    fresh: Vec<(String, Entry)>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Entry {
    stamp: Stamp,
    /// Whether the stamp alone may be trusted.
    settled: bool,
    unit: Vec<u8>,
}

impl Stamp {
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
    /// A cache in the workspace at `root`, of findings that depend on `parts`.
    pub(crate) fn of(root: &Path, parts: &impl Hash) -> Self {
        let folder = Some(root.join(FOLDER).join("cache"));
        Self { folder, key: hash(&(program(), parts)), ..Self::none() }
    }

    /// No cache.
    pub(crate) fn none() -> Self {
        Self { folder: None, key: 0, shards: Vec::new(), began: SystemTime::now() }
    }

    /// Reads the entries, where `count` documents are worth it.
    pub(crate) fn open(&mut self, count: usize) {
        if count < LEAST {
            self.folder = None;
        }
        let Some(folder) = &self.folder else { return };
        let names: Vec<PathBuf> = (0..SHARDS).map(|at| self.file(folder, at)).collect();
        self.shards = names.par_iter().map(|path| Shard::read(path)).collect();
    }

    /// The unit of a document whose file was not written since.
    pub(crate) fn by_stamp(&self, name: &str, stamp: Stamp) -> Option<Unit> {
        let entry = self.entry(name)?;
        let is_it = entry.settled && entry.stamp.is_of_one_file(stamp);
        is_it.then(|| postcard::from_bytes(&entry.unit).ok()).flatten()
    }

    /// The unit of a document whose text is the same.
    pub(crate) fn by_text(&self, name: &str, stamp: Stamp) -> Option<Unit> {
        let entry = self.entry(name)?;
        let is_it = entry.stamp.text == stamp.text && entry.stamp.length == stamp.length;
        is_it.then(|| postcard::from_bytes(&entry.unit).ok()).flatten()
    }

    /// Remembers a unit with its stamp; without one it is known already.
    pub(crate) fn take(&mut self, unit: &Unit, stamp: Option<Stamp>) {
        let Some(stamp) = stamp.filter(|_| self.folder.is_some()) else { return };
        let name = unit.outline.path.clone();
        let modified = UNIX_EPOCH + Duration::from_nanos(stamp.modified_ns);
        let settled = modified + SETTLED < self.began;
        let at = shard_of(&name);
        if let (Some(shard), Ok(unit)) = (self.shards.get_mut(at), postcard::to_stdvec(unit)) {
            shard.fresh.push((name, Entry { stamp, settled, unit }));
        }
    }

    /// Writes what is new. A cache that cannot be written is none: the next run is slower.
    pub(crate) fn save(self) {
        let Some(folder) = &self.folder else { return };
        if self.shards.iter().all(|it| it.fresh.is_empty()) {
            return;
        }
        if make(folder.parent().unwrap_or(folder))
            .and_then(|()| fs::create_dir_all(folder))
            .is_err()
        {
            return;
        }
        let _ = fs::write(folder.join(".gitignore"), "*\n");
        let dirty = self.shards.par_iter().enumerate().filter(|(_, it)| !it.fresh.is_empty());
        dirty.for_each(|(at, shard)| shard.write(&self.file(folder, at)));
        forget_others(folder, self.began);
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        self.shards.get(shard_of(name))?.known.get(name)
    }

    fn file(&self, folder: &Path, shard: usize) -> PathBuf {
        folder.join(format!("check-{:016x}-{shard:02}", self.key))
    }
}

impl Shard {
    fn read(path: &Path) -> Self {
        let read = fs::read(path).ok();
        // What cannot be read is not there.
        let entries = read.and_then(|it| postcard::from_bytes::<Vec<(String, Entry)>>(&it).ok());
        Self { known: entries.unwrap_or_default().into_iter().collect(), fresh: Vec::new() }
    }

    fn write(&self, path: &Path) {
        let mut entries: HashMap<&str, &Entry> =
            self.known.iter().map(|(name, entry)| (name.as_str(), entry)).collect();
        entries.extend(self.fresh.iter().map(|(name, entry)| (name.as_str(), entry)));
        let entries: Vec<(&str, &Entry)> = entries.into_iter().collect();
        let Ok(bytes) = postcard::to_stdvec(&entries) else { return };
        let fresh = path.with_extension(format!("{}.tmp", std::process::id()));
        if fs::write(&fresh, bytes).and_then(|()| fs::rename(&fresh, path)).is_err() {
            let _ = fs::remove_file(&fresh);
        }
    }
}

/// Removes files that no run has written for long.
fn forget_others(folder: &Path, now: SystemTime) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let modified = entry.metadata().and_then(|it| it.modified());
        let is_old = modified.is_ok_and(|it| now.duration_since(it).is_ok_and(|age| age > KEPT));
        if is_old {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn shard_of(name: &str) -> usize {
    usize::try_from(hash(name) % SHARDS as u64).unwrap_or(0)
}

/// The program's version, and its own file's stamp: a version under work changes its rules.
fn program() -> (&'static str, Option<(u64, u64)>) {
    let own = std::env::current_exe().ok().and_then(|path| Stamp::of(&path));
    (env!("CARGO_PKG_VERSION"), own.map(|it| (it.modified_ns, it.length)))
}

fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

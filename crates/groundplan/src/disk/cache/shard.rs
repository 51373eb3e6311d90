//! A part of the cache: what is known of some of the documents.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::Stamp;
use crate::units::Unit;

/// Units by document name, as bytes: one that nobody asks for is not decoded.
#[derive(Default)]
pub(crate) struct Shard {
    bytes: Vec<u8>,
    entries: HashMap<String, Entry>,
}

/// Where the bytes of a unit lie.
struct Entry {
    known: Known,
    start: usize,
}

/// What the list at the beginning of a file says of a unit.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) struct Known {
    pub(super) stamp: Stamp,
    /// Whether the stamp alone may be trusted.
    pub(super) settled: bool,
    length: usize,
}

/// A unit to be written.
pub(super) struct Fresh<'a> {
    pub(super) name: &'a str,
    pub(super) stamp: Stamp,
    pub(super) settled: bool,
    pub(super) unit: &'a Unit,
}

impl Shard {
    pub(super) fn of(bytes: Vec<u8>) -> Option<Self> {
        let (list, rest) = postcard::take_from_bytes::<Vec<(String, Known)>>(&bytes).ok()?;
        let mut start = bytes.len() - rest.len();
        let mut entries = HashMap::with_capacity(list.len());
        for (name, known) in list {
            entries.insert(name, Entry { known, start });
            start = start.checked_add(known.length)?;
        }
        Some(Self { bytes, entries })
    }

    /// The unit of a document whose file was not written since.
    pub(crate) fn by_stamp(&self, name: &str, stamp: Stamp) -> Option<Unit> {
        let entry = self.entries.get(name)?;
        let is_it = entry.known.settled && entry.known.stamp.is_of_one_file(stamp);
        is_it.then(|| self.unit(entry)).flatten()
    }

    /// The unit of a document whose text is the same.
    pub(crate) fn by_text(&self, name: &str, stamp: Stamp) -> Option<Unit> {
        let entry = self.entries.get(name)?;
        let known = entry.known.stamp;
        let is_it = known.text == stamp.text && known.length == stamp.length;
        is_it.then(|| self.unit(entry)).flatten()
    }

    /// The bytes of this shard with what is fresh.
    pub(super) fn with(&self, fresh: &[Fresh<'_>]) -> Option<Vec<u8>> {
        let replaced: HashSet<&str> = fresh.iter().map(|it| it.name).collect();
        let kept = self.entries.iter().filter(|it| !replaced.contains(it.0.as_str()));
        let mut list = Vec::with_capacity(self.entries.len() + fresh.len());
        let mut units = Vec::new();
        for (name, entry) in kept {
            units.extend_from_slice(self.slice(entry)?);
            list.push((name.as_str(), entry.known));
        }
        for Fresh { name, stamp, settled, unit } in fresh {
            let start = units.len();
            units = postcard::to_extend(unit, units).ok()?;
            let length = units.len() - start;
            list.push((*name, Known { stamp: *stamp, settled: *settled, length }));
        }
        let mut bytes = postcard::to_stdvec(&list).ok()?;
        bytes.append(&mut units);
        Some(bytes)
    }

    fn slice(&self, entry: &Entry) -> Option<&[u8]> {
        self.bytes.get(entry.start..)?.get(..entry.known.length)
    }

    fn unit(&self, entry: &Entry) -> Option<Unit> {
        postcard::from_bytes(self.slice(entry)?).ok()
    }
}

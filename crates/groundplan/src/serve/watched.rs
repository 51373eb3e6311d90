//! Documents that a running service is made from, looked at again and again.
//!
//! Changes are seen by the files' stamps, as `check --watch` does and for the same reasons.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::time::sleep;

use crate::config::Configs;
use crate::disk::{Stamp, find};

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(300);

/// An editor that writes in two steps gives one change.
const MOMENT: Duration = Duration::from_millis(50);

/// Documents with their stamps.
pub(crate) struct Watched {
    target: PathBuf,
    /// Files beside it that define its tables.
    others: Vec<PathBuf>,
    stamps: BTreeMap<PathBuf, Stamp>,
}

impl Watched {
    /// The documents at `target` as they are now.
    pub(crate) fn new(target: &Path) -> Self {
        Self { target: target.to_owned(), others: Vec::new(), stamps: stamps(target, &[]) }
    }

    /// Looks at `files`, too. That they are looked at is no change.
    pub(crate) fn also(&mut self, files: Vec<PathBuf>) {
        self.stamps.retain(|path, _| !self.others.contains(path));
        self.stamps.extend(files.iter().filter_map(|it| stamp(it)));
        self.others = files;
    }

    /// Waits until one has changed, and then until none does.
    pub(crate) async fn changed(&mut self) {
        loop {
            sleep(PAUSE).await;
            if self.look() {
                break;
            }
        }
        loop {
            sleep(MOMENT).await;
            if !self.look() {
                return;
            }
        }
    }

    /// Whether anything is not as it was at the look before.
    fn look(&mut self) -> bool {
        let now = stamps(&self.target, &self.others);
        let before = std::mem::replace(&mut self.stamps, now);
        before != self.stamps
    }
}

/// A folder that cannot be walked just now has none, and is no reason to end.
fn stamps(target: &Path, others: &[PathBuf]) -> BTreeMap<PathBuf, Stamp> {
    let found = find(&[target.to_owned()], None, &Configs::default());
    let places = found.map(|it| it.places).unwrap_or_default();
    places.iter().map(|it| &it.path).chain(others).filter_map(|it| stamp(it)).collect()
}

fn stamp(path: &Path) -> Option<(PathBuf, Stamp)> {
    Some((path.to_owned(), Stamp::of(path)?))
}

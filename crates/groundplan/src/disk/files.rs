//! Which paths exist, asked once each.

use std::collections::HashMap;
use std::path::Path;
use std::sync::RwLock;

use groundplan_model::FileSet;
use rayon::prelude::*;

/// The files of the disk, relative to the folder that the program was started in.
#[derive(Default)]
pub(crate) struct Files {
    known: RwLock<HashMap<String, bool>>,
}

impl Files {
    /// Everything that was asked, with the answers.
    pub(crate) fn asked(&self) -> Vec<(String, bool)> {
        let known = self.known.read();
        known.iter().flat_map(|it| it.iter()).map(|(path, is)| (path.clone(), *is)).collect()
    }

    /// Whether the answers are still the same.
    pub(crate) fn are_still(asked: &[(String, bool)]) -> bool {
        asked.par_iter().all(|(path, exists)| Path::new(path).exists() == *exists)
    }
}

impl FileSet for Files {
    fn exists(&self, path: &str) -> bool {
        let known = self.known.read().ok().and_then(|known| known.get(path).copied());
        known.unwrap_or_else(|| {
            let exists = Path::new(path).exists();
            if let Ok(mut known) = self.known.write() {
                known.insert(path.to_owned(), exists);
            }
            exists
        })
    }
}

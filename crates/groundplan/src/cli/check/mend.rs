//! Applying fixes until none is left, in memory.

use groundplan_analysis::apply_fixes;
use groundplan_model::{Document, Workspace};
use groundplan_syntax::Source;
use rayon::prelude::*;

use crate::disk::{Files, Place};
use crate::findings::check_all;
use crate::load::Loaded;
use crate::render::plural;

/// A fix may uncover another one. Two that undo each other must not run for ever.
const MAX_PASSES: usize = 10;

/// Documents with their fixes applied.
pub(super) struct Mended {
    /// The documents as they are now.
    pub(super) loaded: Loaded,
    /// What changed.
    pub(super) changes: Vec<Change>,
    /// How many findings were mended.
    pub(super) count: usize,
}

/// A document that changed.
pub(super) struct Change {
    /// The document.
    pub(super) place: Place,
    /// Its text before.
    pub(super) before: Source,
    /// Its text now.
    pub(super) after: String,
}

impl Mended {
    /// "3 findings in 2 documents".
    pub(super) fn counted(&self) -> String {
        let documents = plural(self.changes.len(), "document");
        format!("{} in {documents}", plural(self.count, "finding"))
    }
}

/// Mends what can be mended. Nothing is written.
pub(super) fn mend(mut loaded: Loaded, files: &Files, include_unsafe: bool) -> Mended {
    let before: Vec<Source> = loaded.documents.iter().map(|it| it.source.clone()).collect();
    let mut count = 0;
    for _ in 0..MAX_PASSES {
        let workspace = Workspace::new(std::mem::take(&mut loaded.documents), files);
        let findings = check_all(&workspace, |path| loaded.configs.selection(path));
        let passed: Vec<(Document, usize)> = workspace
            .documents
            .into_par_iter()
            .map(|document| {
                let fixed = apply_fixes(&document.source, &findings, include_unsafe);
                if fixed.count == 0 {
                    (document, 0)
                } else {
                    (loaded.reread(&Source::new(document.source.path(), &fixed.text)), fixed.count)
                }
            })
            .collect();
        let applied: usize = passed.iter().map(|it| it.1).sum();
        loaded.documents = passed.into_iter().map(|it| it.0).collect();
        count += applied;
        if applied == 0 {
            break;
        }
    }
    let changes = changes(&before, &loaded);
    Mended { loaded, changes, count }
}

fn changes(before: &[Source], loaded: &Loaded) -> Vec<Change> {
    let pairs = before.iter().zip(&loaded.documents);
    let changed = pairs.filter(|(before, now)| before.text() != now.source.text());
    let change = |(before, now): (&Source, &Document)| {
        let place = loaded.place(before.path())?.clone();
        Some(Change { place, before: before.clone(), after: now.source.text().to_owned() })
    };
    changed.filter_map(change).collect()
}

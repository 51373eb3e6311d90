//! Arguments to documents: found, read, parsed and lowered, file by file in parallel.

use std::path::PathBuf;

use groundplan_model::{Document, lower};
use groundplan_syntax::parse;
use rayon::prelude::*;

use crate::disk::{Place, find, read};
use crate::exit::{Exit, Failure};
use crate::ui::Ui;

/// What was read, and what could not be.
pub(crate) struct Loaded {
    /// The documents, sorted by path.
    pub(crate) documents: Vec<Document>,
    places: Vec<Place>,
    /// Files and folders that could not be read. The others count all the same.
    pub(crate) failures: Vec<Failure>,
}

impl Loaded {
    /// Where the document named `name` lies.
    pub(crate) fn place(&self, name: &str) -> Option<&Place> {
        let at = self.places.binary_search_by(|it| it.name.as_str().cmp(name)).ok()?;
        self.places.get(at)
    }
}

/// Reads every document under `paths`.
pub(crate) fn load(paths: &[PathBuf]) -> Result<Loaded, Failure> {
    let mut found = find(paths)?;
    let results: Vec<Result<Document, Failure>> = found.places.par_iter().map(document).collect();
    let mut documents = Vec::with_capacity(results.len());
    for result in results {
        match result {
            Ok(document) => documents.push(document),
            Err(failure) => found.failures.push(failure),
        }
    }
    Ok(Loaded { documents, places: found.places, failures: found.failures })
}

fn document(place: &Place) -> Result<Document, Failure> {
    let source = read(place)?;
    let tree = parse(&source);
    Ok(lower(&source, &tree))
}

/// Says what could not be read. The run goes on, and ends with `Failed`.
pub(crate) fn tell(failures: Vec<Failure>, ui: &mut Ui) -> Result<Exit, Failure> {
    let mut exit = Exit::Clean;
    for failure in failures {
        match failure {
            Failure::Message { message, help } => ui.fail(&message, help.as_deref()),
            output @ Failure::Output(_) => return Err(output),
        }
        exit = Exit::Failed;
    }
    Ok(exit)
}

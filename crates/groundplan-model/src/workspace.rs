//! All documents, and which other files there are.

use crate::Document;
use crate::approval::Approvals;

/// Answers which files exist, so that links can be judged without a disk.
pub trait FileSet: Sync {
    /// Whether a file or folder stands at `path`, written as the documents' own paths are.
    fn exists(&self, path: &str) -> bool;
}

/// All documents that were given, sorted by path.
pub struct Workspace<'a> {
    /// The documents.
    pub documents: Vec<Document>,
    /// The files around them.
    pub files: &'a dyn FileSet,
    /// What was approved, by the documents' own paths.
    pub approvals: Approvals,
}

impl<'a> Workspace<'a> {
    /// A workspace of documents in any order.
    pub fn new(mut documents: Vec<Document>, files: &'a dyn FileSet) -> Self {
        documents.sort_by(|one, other| one.source.path().cmp(other.source.path()));
        Self { documents, files, approvals: Approvals::default() }
    }

    /// The same workspace with what was approved in it.
    pub fn with_approvals(self, approvals: Approvals) -> Self {
        Self { approvals, ..self }
    }

    /// The document at `path`.
    pub fn document(&self, path: &str) -> Option<&Document> {
        let at = self.documents.binary_search_by(|it| it.source.path().cmp(path)).ok()?;
        self.documents.get(at)
    }
}

//! All documents, and which other files there are.

use crate::approval::Approvals;
use crate::code::CodeFile;
use crate::provenance::section_digests;
use crate::{Document, Linked, Outline, Template};

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
    /// The templates that documents may be made from.
    pub templates: &'a [Template],
    /// The OpenAPI files beside the documents.
    pub contracts: Vec<CodeFile>,
}

impl<'a> Workspace<'a> {
    /// A workspace of documents in any order.
    pub fn new(mut documents: Vec<Document>, files: &'a dyn FileSet) -> Self {
        documents.sort_by(|one, other| one.source.path().cmp(other.source.path()));
        let (approvals, templates) = (Approvals::default(), Template::built_in());
        Self { documents, files, approvals, templates, contracts: Vec::new() }
    }

    /// The same workspace with what was approved in it.
    pub fn with_approvals(self, approvals: Approvals) -> Self {
        Self { approvals, ..self }
    }

    /// The same workspace with the team's own templates.
    pub fn with_templates(self, templates: &'a [Template]) -> Self {
        Self { templates, ..self }
    }

    /// The same workspace with OpenAPI files beside its documents.
    pub fn with_contracts(self, contracts: Vec<CodeFile>) -> Self {
        Self { contracts, ..self }
    }

    /// Links the outlines of its documents.
    pub fn link(&self) -> Linked<'a> {
        let outlines = self.documents.iter().map(Outline::of).collect();
        let linked = Linked::new(outlines, self.files).with_approvals(self.approvals.clone());
        let digests = |path: String| {
            let document = self.document(&path)?;
            Some((path, section_digests(document)))
        };
        let sections = linked.asked().into_iter().filter_map(digests).collect();
        linked.with_sections(sections).with_contracts(self.contracts.clone())
    }

    /// The document at `path`.
    pub fn document(&self, path: &str) -> Option<&Document> {
        let at = self.documents.binary_search_by(|it| it.source.path().cmp(path)).ok()?;
        self.documents.get(at)
    }
}

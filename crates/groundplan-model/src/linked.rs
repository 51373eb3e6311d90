//! The workspace after linking: all outlines, and what lies around them.

use std::collections::HashMap;

use crate::approval::Approvals;
use crate::code::CodeFile;
use crate::provenance::SectionDigest;
use crate::{Chains, FileSet, Outline};

/// All outlines, sorted by path, with their chains.
pub struct Linked<'a> {
    /// The outlines.
    pub outlines: Vec<Outline>,
    /// The files around them.
    pub files: &'a dyn FileSet,
    /// The documents of each feature; members are indices of `outlines`.
    pub chains: Chains,
    /// What was approved, by the documents' own paths.
    pub approvals: Approvals,
    /// Sections of the documents that others were made from or that somebody approved.
    pub sections: HashMap<String, Vec<SectionDigest>>,
    /// Folders that the code lies in besides those around the documents.
    pub code_roots: Vec<String>,
    /// The OpenAPI files of the workspace.
    pub contracts: Vec<CodeFile>,
    /// The index of each outline's chain.
    chain_of: Vec<Option<usize>>,
}

impl<'a> Linked<'a> {
    /// Links outlines in any order.
    pub fn new(mut outlines: Vec<Outline>, files: &'a dyn FileSet) -> Self {
        outlines.sort_by(|one, other| one.path.cmp(&other.path));
        let chains = Chains::of(&outlines);
        let mut chain_of = vec![None; outlines.len()];
        for (at, chain) in chains.chains.iter().enumerate() {
            for member in &chain.members {
                if let Some(place) = chain_of.get_mut(member.index) {
                    *place = Some(at);
                }
            }
        }
        let (approvals, sections) = (Approvals::default(), HashMap::new());
        let (code_roots, contracts) = (Vec::new(), Vec::new());
        Self { outlines, files, chains, approvals, sections, code_roots, contracts, chain_of }
    }

    /// The same with what was approved.
    pub fn with_approvals(self, approvals: Approvals) -> Self {
        Self { approvals, ..self }
    }

    /// The same with the sections of the documents that [`Linked::asked`] names.
    pub fn with_sections(self, sections: HashMap<String, Vec<SectionDigest>>) -> Self {
        Self { sections, ..self }
    }

    /// The same with the folders that the code lies in, written as the documents' own paths are.
    pub fn with_code_roots(self, code_roots: Vec<String>) -> Self {
        Self { code_roots, ..self }
    }

    /// The same with the OpenAPI files of the workspace.
    pub fn with_contracts(self, contracts: Vec<CodeFile>) -> Self {
        Self { contracts, ..self }
    }

    /// Documents whose sections somebody asks for: they were approved, or others were made from
    /// them. Digests of all sections of all documents would cost more than reading them.
    pub fn asked(&self) -> Vec<String> {
        let approved = self.approvals.documents.keys().cloned();
        let made = self.outlines.iter().flat_map(|outline| {
            let sources = outline.provenance.iter().flat_map(|it| &it.sources);
            sources.map(|it| crate::paths::resolve(&outline.path, &it.path))
        });
        let mut asked: Vec<String> = approved.chain(made).collect();
        asked.sort_unstable();
        asked.dedup();
        asked.retain(|path| self.outline(path).is_some());
        asked
    }

    /// The outline of the document at `path`.
    pub fn outline(&self, path: &str) -> Option<&Outline> {
        self.outlines.get(self.index_of(path)?)
    }

    /// The other documents of the chain that `outline` belongs to, from what is wanted to the tasks.
    pub fn chain_mates(&self, outline: &Outline) -> impl Iterator<Item = &Outline> {
        let index = self.index_of(&outline.path);
        let chain = index.and_then(|at| self.chain_of.get(at).copied().flatten());
        let chain = chain.and_then(|at| self.chains.chains.get(at));
        let members = chain.into_iter().flat_map(|chain| &chain.members);
        let others = members.filter(move |it| Some(it.index) != index);
        others.filter_map(|it| self.outlines.get(it.index))
    }

    fn index_of(&self, path: &str) -> Option<usize> {
        self.outlines.binary_search_by(|it| it.path.as_str().cmp(path)).ok()
    }
}

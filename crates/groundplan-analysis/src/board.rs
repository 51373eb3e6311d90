//! The board: every chain of a workspace with its documents, and where each of them stands.
//!
//! Facts only: what it looks like, and when a file was last committed, is the caller's matter.

use groundplan_model::approval::ApprovalReport;
use groundplan_model::chain::{Chain, Chains, Evidence, Stage};
use groundplan_model::document::{Mark, State};
use groundplan_model::profile::Kind;
use groundplan_model::staleness::{ChangeKind, StaleSource, stale_sources};
use groundplan_model::{Document, Workspace};

/// Every chain, and the documents of none.
pub struct Board<'a> {
    /// The chains.
    pub chains: Vec<Feature<'a>>,
    /// Documents of no chain, by path.
    pub others: Vec<Standing<'a>>,
}

/// A chain and where its documents stand.
pub struct Feature<'a> {
    /// The chain; its members are in the order of `documents`.
    pub chain: Chain,
    /// Its documents, from what is wanted to the tasks.
    pub documents: Vec<Standing<'a>>,
}

/// Where a document stands.
pub struct Standing<'a> {
    /// The document.
    pub document: &'a Document,
    /// What it is for.
    pub stage: Stage,
    /// Why it belongs to its chain.
    pub evidence: Option<Evidence>,
    /// Whether it is a template, to be copied and not to be filled in.
    pub is_template: bool,
    /// Boxes that are ticked, and all of them; those of struck items do not count.
    pub boxes: (usize, usize),
    /// Questions without an answer.
    pub questions: usize,
    /// Sources that are not what it was made from.
    pub stale: Vec<StaleSource>,
    /// Its approvals, where somebody approved a part of it.
    pub approval: Option<ApprovalReport>,
}

impl<'a> Board<'a> {
    /// The board of `workspace`.
    pub fn new(workspace: &'a Workspace<'a>) -> Self {
        let found = Chains::of(&workspace.documents);
        let standing = |index: usize, evidence| {
            let document = workspace.documents.get(index)?;
            Some(Standing::new(workspace, document, evidence))
        };
        let feature = |chain: Chain| {
            let members = chain.members.iter();
            let documents = members.filter_map(|it| standing(it.index, it.evidence)).collect();
            Feature { chain, documents }
        };
        let others = found.others.iter().filter_map(|index| standing(*index, None)).collect();
        Self { chains: found.chains.into_iter().map(feature).collect(), others }
    }

    /// Every document.
    pub fn documents(&self) -> impl Iterator<Item = &Standing<'a>> {
        self.chains.iter().flat_map(|it| &it.documents).chain(&self.others)
    }
}

impl<'a> Standing<'a> {
    fn new(
        workspace: &'a Workspace<'a>,
        document: &'a Document,
        evidence: Option<Evidence>,
    ) -> Self {
        let boxes = document.checklist.iter().filter(|item| !item.struck);
        let done = boxes.clone().filter(|item| item.mark == Mark::Done).count();
        let approvals = workspace.approvals.of(document.source.path());
        Self {
            document,
            stage: Stage::of(document),
            evidence,
            is_template: document.is_template(),
            boxes: (done, boxes.count()),
            questions: document.questions.iter().filter(|it| !it.answered).count(),
            stale: stale_sources(workspace, document),
            approval: approvals.map(|it| ApprovalReport::new(document, it)),
        }
    }

    /// What it is.
    pub fn kind(&self) -> Kind {
        self.document.classification.kind
    }

    /// The state that its header states.
    pub fn state(&self) -> Option<State> {
        self.document.status.as_ref().and_then(|status| status.state)
    }

    /// The first of its header fields with one of these names.
    pub fn field(&self, keys: &[&str]) -> Option<&'a str> {
        let field = keys.iter().find_map(|key| self.document.field(key))?;
        Some(field.value.text.trim()).filter(|text| !text.is_empty())
    }

    /// Titles of sections whose approval is void, with what happened to them.
    pub fn void(&self) -> Vec<(&str, ChangeKind)> {
        let report = self.approval.iter();
        report.flat_map(|it| it.void()).map(|(it, kind)| (it.title.as_str(), kind)).collect()
    }

    /// Whether what it rests on, or what was approved of it, changed since.
    pub fn is_behind(&self) -> bool {
        !self.stale.is_empty() || !self.void().is_empty()
    }
}

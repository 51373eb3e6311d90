//! What a rule may look at.

use std::cell::OnceCell;

use groundplan_model::{Document, ServicePlan, Workspace, plan};

/// One document, the documents around it, and the service that it describes.
pub struct Context<'a> {
    /// All documents.
    pub workspace: &'a Workspace<'a>,
    /// The document to judge.
    pub document: &'a Document,
    plan: OnceCell<Option<ServicePlan>>,
}

impl<'a> Context<'a> {
    /// The context of `document`.
    pub fn new(workspace: &'a Workspace<'a>, document: &'a Document) -> Self {
        Self { workspace, document, plan: OnceCell::new() }
    }

    /// The service that the document describes; derived when the first rule asks.
    pub fn plan(&self) -> Option<&ServicePlan> {
        self.plan.get_or_init(|| plan(self.document)).as_ref()
    }
}

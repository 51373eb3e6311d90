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

    /// Whether the document is a template: places that nobody filled in stand all over it.
    pub fn is_template(&self) -> bool {
        is_template(self.document)
    }
}

/// From this many places on, in a third of all sections, a document is a template.
const TEMPLATE_PLACES: usize = 12;

pub(crate) fn is_template(document: &Document) -> bool {
    let section = |at: u32| document.section_at(at).map(|it| it.heading);
    let mut sections: Vec<_> =
        document.placeholders.iter().map(|it| section(it.text.span.start)).collect();
    sections.dedup();
    document.placeholders.len() >= TEMPLATE_PLACES && sections.len() * 3 >= document.sections.len()
}

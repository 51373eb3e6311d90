//! What a rule may look at.

use std::cell::OnceCell;

use groundplan_model::{Document, ServicePlan, Workspace, plan};

use crate::index::Index;
use crate::snippets::Code;
use crate::table_examples::{Shown, shown_columns};
use crate::templated::Templated;

/// One document, the documents around it, and the service that it describes.
pub struct Context<'a> {
    /// All documents.
    pub workspace: &'a Workspace<'a>,
    /// The document to judge.
    pub document: &'a Document,
    pub(crate) index: &'a Index<'a>,
    plan: OnceCell<Option<ServicePlan>>,
    shown: OnceCell<Vec<Shown<'a>>>,
    templated: OnceCell<Option<Templated<'a>>>,
    code: OnceCell<Code<'a>>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        workspace: &'a Workspace<'a>,
        index: &'a Index<'a>,
        document: &'a Document,
    ) -> Self {
        let (plan, shown, templated) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        let code = OnceCell::new();
        Self { workspace, document, index, plan, shown, templated, code }
    }

    /// Members of examples beside the columns that they show.
    pub(crate) fn shown_columns(&self) -> &[Shown<'a>] {
        self.shown.get_or_init(|| shown_columns(self.document))
    }

    /// The document beside the template that it was made from.
    pub(crate) fn templated(&self) -> Option<&Templated<'a>> {
        let found = || Templated::of(self.document, self.workspace.templates);
        self.templated.get_or_init(found).as_ref()
    }

    /// What the document's blocks of code define and use.
    pub(crate) fn code(&self) -> &Code<'a> {
        self.code.get_or_init(|| Code::of(self.document))
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
    if document.placeholders.len() < TEMPLATE_PLACES {
        return false;
    }
    let section = |at: u32| document.section_at(at).map(|it| it.heading);
    let mut sections: Vec<_> =
        document.placeholders.iter().map(|it| section(it.text.span.start)).collect();
    sections.dedup();
    sections.len() * 3 >= document.sections.len()
}

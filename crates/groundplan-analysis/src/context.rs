//! What a rule may look at.

use std::cell::OnceCell;

use groundplan_model::{Document, Linked, Outline, ServicePlan, Template, plan};

use crate::index::Index;
use crate::references::{self, Reference};
use crate::snippets::Code;
use crate::table_examples::{Shown, shown_columns};
use crate::templated::Templated;
use crate::words::Words;

/// One document, and the service that it describes.
pub struct Context<'a> {
    /// The document to judge.
    pub document: &'a Document,
    templates: &'a [Template],
    plan: OnceCell<Option<ServicePlan>>,
    shown: OnceCell<Vec<Shown<'a>>>,
    templated: OnceCell<Option<Templated<'a>>>,
    code: OnceCell<Code<'a>>,
    words: OnceCell<Words>,
    lower: OnceCell<String>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(document: &'a Document, templates: &'a [Template]) -> Self {
        let (plan, shown, templated) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        let (code, words, lower) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Self { document, templates, plan, shown, templated, code, words, lower }
    }

    /// Members of examples beside the columns that they show.
    pub(crate) fn shown_columns(&self) -> &[Shown<'a>] {
        self.shown.get_or_init(|| shown_columns(self.document))
    }

    /// The document beside the template that it was made from.
    pub(crate) fn templated(&self) -> Option<&Templated<'a>> {
        let found = || Templated::of(self.document, self.templates);
        self.templated.get_or_init(found).as_ref()
    }

    /// What the document's blocks of code define and use.
    pub(crate) fn code(&self) -> &Code<'a> {
        self.code.get_or_init(|| Code::of(self.document))
    }

    /// Whether the document may hold one of `words`: what to ask before looking where.
    pub(crate) fn says(&self, words: &[&str]) -> bool {
        self.words.get_or_init(|| Words::of(self.document.source.text())).hold(words)
    }

    /// The document's text with the capitals of ASCII made small, byte for byte.
    pub(crate) fn lower(&self) -> &str {
        self.lower.get_or_init(|| self.document.source.text().to_ascii_lowercase())
    }

    /// The templates that documents may be made from.
    pub fn templates(&self) -> &'a [Template] {
        self.templates
    }

    /// The service that the document describes; derived when the first rule asks.
    pub fn plan(&self) -> Option<&ServicePlan> {
        self.plan.get_or_init(|| plan(self.document)).as_ref()
    }

    /// Whether the document is a template: places that nobody filled in stand all over it.
    pub fn is_template(&self) -> bool {
        self.document.is_template()
    }
}

/// One outline, and all those that it is linked with.
pub struct LinkedContext<'a> {
    /// All outlines.
    pub linked: &'a Linked<'a>,
    /// The outline of the document to judge.
    pub outline: &'a Outline,
    pub(crate) index: &'a Index<'a>,
    references: OnceCell<Vec<Reference<'a>>>,
}

impl<'a> LinkedContext<'a> {
    pub(crate) fn new(linked: &'a Linked<'a>, outline: &'a Outline, index: &'a Index<'a>) -> Self {
        Self { linked, outline, index, references: OnceCell::new() }
    }

    /// Every place of the document that refers to another one, in order, each document once.
    pub(crate) fn references(&self) -> &[Reference<'a>] {
        self.references.get_or_init(|| references::all(self))
    }
}

//! A document beside the template that it says it was made from.

use groundplan_model::document::{HeaderField, Placeholder};
use groundplan_model::template::{Part, Shape};
use groundplan_model::{Document, Template};
use groundplan_syntax::Span;

/// A document and the template of the version that it was made from.
pub(crate) struct Templated<'a> {
    /// The template.
    pub(crate) template: &'a Template,
    /// The template's sections.
    pub(crate) form: Shape,
    /// The document's sections.
    pub(crate) shape: Shape,
}

impl<'a> Templated<'a> {
    /// `None` where the document names no template, one that is not there, or an older version of
    /// one: what a newer version asks for is for `upgrade` to bring.
    pub(crate) fn of(document: &Document, templates: &'a [Template]) -> Option<Self> {
        let made = document.provenance.as_ref()?.template.as_ref()?;
        let template = templates.iter().find(|it| it.name == made.name)?;
        let is_current = template.version == made.version;
        is_current.then(|| Self {
            template,
            form: template.shape(),
            shape: Shape::of(document.source.text()),
        })
    }

    /// The sections of the template, each with the document's own where it has one.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&Part, &Part)> {
        let own = |part| self.shape.find(part, &self.form).and_then(|at| self.shape.parts.get(at));
        self.form.parts.iter().filter_map(move |part| Some((part, own(part)?)))
    }

    /// The document's section for a heading of the template, with everything below it.
    pub(crate) fn section(&self, title: &str) -> Option<Span> {
        let named = |it: &&Part| it.title == title || it.title.ends_with(&format!(". {title}"));
        let part = self.form.parts.iter().find(named)?;
        let index = self.shape.find(part, &self.form)?;
        let own = self.shape.parts.get(index)?;
        let below = self.shape.parts.iter().skip(index + 1).take_while(|it| it.level > own.level);
        Some(below.last().map_or(own.span, |last| own.span.join(last.span)))
    }

    /// The template's own header.
    pub(crate) fn header(&self) -> Vec<HeaderField> {
        self.template.header()
    }
}

/// Places in `span` that nobody filled in.
pub(crate) fn places_in(document: &Document, span: Span) -> impl Iterator<Item = &Placeholder> {
    document.placeholders.iter().filter(move |it| span.contains(it.text.span))
}

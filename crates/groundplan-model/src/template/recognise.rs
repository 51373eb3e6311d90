//! Which template a document follows that names none: by its headings.

use super::{Shape, Template};
use crate::Document;

/// A document beside the template whose form it has.
#[derive(Clone, Debug)]
pub struct Recognised<'a> {
    /// The template.
    pub template: &'a Template,
    /// Headings of the document below its title, that are sections of the template.
    pub mapped: usize,
    /// Headings of the document below its title that are not.
    pub foreign: Vec<String>,
    /// Sections that the template asks for and the document does not have.
    pub missing: Vec<String>,
}

/// Of the template's main sections, and of the document's, this share must be the other's, in
/// percent.
const ENOUGH_PERCENT: [usize; 2] = [60, 50];

/// Templates with their sections, read once for many documents.
#[derive(Clone, Debug)]
pub struct Forms<'a> {
    all: Vec<(&'a Template, Shape)>,
}

impl<'a> Forms<'a> {
    /// The forms of templates.
    pub fn of(templates: &'a [Template]) -> Self {
        Self { all: templates.iter().map(|it| (it, it.shape())).collect() }
    }

    /// The template whose main sections the document has, at least for the most part.
    pub fn recognise(&self, document: &Document) -> Option<Recognised<'a>> {
        let shape = Shape::of(document.source.text());
        let judged = self
            .all
            .iter()
            .filter_map(|(template, form)| Some((share(form, &shape)?, *template, form)));
        let (_, template, form) = judged.rev().max_by_key(|it| it.0)?;
        Some(compared(&shape, template, form))
    }
}

/// How many of a hundred main sections of the template the document has; `None` for too few, or
/// where it has more of its own.
fn share(form: &Shape, shape: &Shape) -> Option<usize> {
    let main = |shape: &Shape| -> Vec<String> {
        let sections = shape.parts.iter().filter(|it| it.level == 2 && !it.optional && !it.repeats);
        sections.map(super::Part::key).collect()
    };
    let (wanted, own) = (main(form), main(shape));
    let there = wanted.iter().filter(|it| own.contains(it)).count();
    let percent = |all: &[String]| 100 * there / all.len().max(1);
    let [least, least_own] = ENOUGH_PERCENT;
    let is_enough = there >= 3 && percent(&wanted) >= least && percent(&own) >= least_own;
    is_enough.then(|| percent(&wanted))
}

fn compared<'a>(shape: &Shape, template: &'a Template, form: &Shape) -> Recognised<'a> {
    let places: Vec<Option<usize>> = form.parts.iter().map(|it| shape.find(it, form)).collect();
    let wanted = form.parts.iter().zip(&places).filter(|(part, place)| {
        part.level > 1 && !part.optional && !part.repeats && place.is_none()
    });
    let missing = wanted.map(|(part, _)| part.title.clone()).collect();
    let below = shape.parts.iter().enumerate().filter(|(_, part)| part.level > 1);
    let is_mapped =
        |index: usize| places.contains(&Some(index)) || is_repeated(shape, index, form, &places);
    let (mapped, foreign): (Vec<_>, Vec<_>) = below.partition(|(index, _)| is_mapped(*index));
    let foreign = foreign.into_iter().map(|(_, part)| part.title.clone()).collect();
    Recognised { template, mapped: mapped.len(), foreign, missing }
}

/// Whether a section of the document is one that the template leaves open, in the same place.
fn is_repeated(shape: &Shape, index: usize, form: &Shape, places: &[Option<usize>]) -> bool {
    let Some(part) = shape.parts.get(index) else { return false };
    let Some(above) = shape.above(index).next() else { return false };
    let open = form.parts.iter().enumerate().filter(|(_, it)| it.repeats && it.level == part.level);
    open.into_iter().any(|(at, _)| {
        let parent = form.above(at).next();
        let parent =
            parent.and_then(|it| form.parts.iter().position(|own| own.heading == it.heading));
        let place = parent.and_then(|it| places.get(it).copied().flatten());
        place.and_then(|it| shape.parts.get(it)).is_some_and(|it| it.heading == above.heading)
    })
}

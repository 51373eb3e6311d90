//! Edges that documents state: sections and tasks that cite requirements, and what stands in them.

use std::collections::{HashMap, HashSet};

use groundplan_model::staleness::{Found, stale};
use groundplan_model::{Certainty, Linked, Outline};
use groundplan_syntax::Span;

use super::add::{Builder, level_of};
use super::known::{From, Known, Meaning};
use super::tasks::Tasks;
use super::{Edge, EdgeKind, ItemKind, Stale, Unresolved};

/// Adds the edges of every document.
pub(super) fn read(builder: &mut Builder<'_>, known: &Known, tasks: &Tasks) {
    let outlines: Vec<(usize, &Outline)> = builder.outlines().collect();
    for (index, outline) in &outlines {
        citations(builder, known, tasks, *index, outline);
    }
    restated(builder, known, &outlines);
    for (_, outline) in &outlines {
        stand_in(builder, outline);
    }
    changed(builder);
}

fn citations(
    builder: &mut Builder<'_>,
    known: &Known,
    tasks: &Tasks,
    index: usize,
    outline: &Outline,
) {
    let from = From { path: &outline.path, chain: builder.chain(index) };
    for cited in &outline.citations {
        let at = builder.at(outline, cited.span);
        match known.meaning(builder, &cited.text, from) {
            Meaning::One(to) => cite(builder, tasks, (index, outline), (to, cited.span)),
            Meaning::Several(candidates) => builder.unresolved(Unresolved {
                id: cited.text.clone(),
                at,
                candidates,
                chain: from.chain,
            }),
            Meaning::Nothing if is_worth_a_word(&cited.text, outline) => {
                let (id, candidates, chain) = (cited.text.clone(), Vec::new(), from.chain);
                builder.unresolved(Unresolved { id, at, candidates, chain });
            }
            Meaning::Nothing => {}
        }
    }
}

/// Whether an id that nothing has was meant as one: ids of unknown prefixes are kept only because
/// another document may define them.
fn is_worth_a_word(id: &str, outline: &Outline) -> bool {
    outline.requirement_refs.iter().any(|it| it.text == id)
}

fn cite(
    builder: &mut Builder<'_>,
    tasks: &Tasks,
    (index, outline): (usize, &Outline),
    (to, span): (usize, Span),
) {
    let own = builder.get(to).filter(|it| it.at.path == outline.path).map(|it| it.id.clone());
    // What a document of requirements says of its own answers nothing.
    if own.is_some() && level_of(outline).is_none() {
        return;
    }
    if own.is_some_and(|id| is_beside(outline, &id, span)) {
        return;
    }
    let task = tasks.at(index, span.start);
    let from = match task {
        Some(task) => task,
        None => builder.section(index, outline, span.start),
    };
    let is_list = level_of(outline) == Some(groundplan_model::policy::Level::Task);
    let group = outline.section_at(span.start).map(|it| it.span);
    let certainty = match () {
        () if task.is_some() || !is_list => Certainty::Stated,
        // The heading of a group of tasks names what some of them are for.
        () if group.is_some_and(|it| tasks.any_within(index, it)) => Certainty::Inferred,
        // A summary says of tasks elsewhere what they are to say themselves.
        () => Certainty::Guessed,
    };
    let at = builder.at(outline, span);
    builder.edge(Edge::new((from, to), EdgeKind::Cites, certainty, at));
}

/// Whether a place lies in the section in which the document itself defines `id`.
fn is_beside(outline: &Outline, id: &str, span: Span) -> bool {
    let defined = outline.requirements.iter().find(|it| it.id.text == id);
    let section = |at: u32| outline.section_at(at).map(|it| it.heading);
    defined.is_some_and(|it| section(it.id.span.start) == section(span.start))
}

fn restated(builder: &mut Builder<'_>, known: &Known, outlines: &[(usize, &Outline)]) {
    for (index, requirement, owner) in &known.restated {
        let found = outlines.iter().find(|it| it.0 == *index).map(|it| it.1);
        let Some(outline) = found else { continue };
        let Some(requirement) = outline.requirements.get(*requirement) else { continue };
        let span = requirement.id.span;
        let from = builder.section(*index, outline, span.start);
        let at = builder.at(outline, span);
        builder.edge(Edge::new((from, *owner), EdgeKind::Restates, Certainty::Stated, at));
    }
}

/// Endpoints and tables of sections that cite something: they may be what the section is for.
fn stand_in(builder: &mut Builder<'_>, outline: &Outline) {
    let endpoints = outline
        .endpoints
        .iter()
        .filter(|it| !it.external)
        .map(|it| (format!("{}#{} {}", outline.path, it.method.as_str(), it.path), it.span));
    let tables = outline.tables.iter().filter(|it| !it.again);
    let tables = tables.map(|it| (format!("{}#table {}", outline.path, it.name), it.span));
    for (key, span) in endpoints.chain(tables) {
        let Some(section) = outline.section_at(span.start) else { continue };
        let section = builder.find(&format!("{}#{}", outline.path, section.anchor));
        let is_section = |it: &usize| {
            builder.get(*it).is_some_and(|it| it.kind == ItemKind::Section && it.level.is_some())
        };
        let Some(section) = section.filter(is_section) else { continue };
        let Some(item) = builder.find(&key) else { continue };
        let at = builder.at(outline, span);
        builder.edge(Edge::new((item, section), EdgeKind::StandsIn, Certainty::Guessed, at));
    }
}

/// Marks what a document says of a section that changed since the document was made from it.
fn changed(builder: &mut Builder<'_>) {
    let linked = builder.sources.linked;
    let stale: HashMap<&str, HashSet<(String, Span)>> = linked
        .outlines
        .iter()
        .filter_map(|it| Some((it.path.as_str(), changed_sections(linked, it)?)))
        .collect();
    if stale.is_empty() {
        return;
    }
    let headings = headings(builder);
    for edge in &mut builder.trace.edges {
        let Some(sections) = stale.get(edge.at.path.as_str()) else { continue };
        if headings.get(&edge.to).is_some_and(|it| sections.contains(it)) {
            edge.stale.get_or_insert(Stale::Changed);
        }
    }
}

/// The sections of other documents, by their headings, that changed since `outline` was made.
fn changed_sections(linked: &Linked<'_>, outline: &Outline) -> Option<HashSet<(String, Span)>> {
    let made = outline.provenance.as_ref()?;
    let find = |path: &str| match linked.sections.get(path) {
        Some(sections) => Found::Sections(sections.as_slice().into()),
        None => Found::Unread,
    };
    let stale = stale(&outline.path, made, &outline.source_places, find);
    let changes = stale.iter().flat_map(|source| {
        source.changes.iter().filter_map(|it| Some((source.path.clone(), it.place?)))
    });
    Some(changes.collect())
}

/// Of everything that is wanted, the document and the heading that it stands under.
fn headings(builder: &Builder<'_>) -> HashMap<usize, (String, Span)> {
    let mut found = HashMap::new();
    for (_, outline) in builder.outlines() {
        for requirement in &outline.requirements {
            let key = format!("{}#{}", outline.path, requirement.id.text);
            let section = outline.section_at(requirement.id.span.start);
            if let (Some(item), Some(section)) = (builder.find(&key), section) {
                found.insert(item, (outline.path.clone(), section.title.span));
            }
        }
    }
    found
}

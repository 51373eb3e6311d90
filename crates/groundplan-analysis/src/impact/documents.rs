//! Documents that rest on a subject: made from it, linking to it, citing it, saying the same.

use groundplan_model::outline::plain_anchor;
use groundplan_model::provenance::Digest;
use groundplan_model::{Certainty, Outline, paths};
use groundplan_syntax::Span;

use super::{Fact, Place, Search, Subject, Touched, TouchedKind};

/// A place of a document.
fn place(outline: &Outline, span: Span, distance: u8, reason: impl Into<String>) -> Touched {
    let certainty = if distance == 1 { Certainty::Stated } else { Certainty::Inferred };
    Touched {
        kind: TouchedKind::Document,
        path: outline.path.clone(),
        place: Place::Text(span),
        reason: reason.into(),
        certainty,
        distance,
    }
}

/// Documents that say that they were made from the section, and those made from them.
pub(super) fn made_from(search: &Search<'_>, subject: &Subject, found: &mut Vec<Touched>) {
    if !matches!(subject.fact, Fact::Section | Fact::Document) {
        return;
    }
    let anchor = subject.anchor.as_deref().filter(|_| subject.fact == Fact::Section);
    for (outline, span) in made(search, &subject.path, anchor) {
        found.push(place(outline, span, 1, "was made from it"));
        for (next, span) in made(search, &outline.path, None) {
            let reason = format!("was made from `{}`, which was made from it", outline.path);
            found.push(place(next, span, 2, reason));
        }
    }
}

/// Documents that were made from the one at `path`, from its section `anchor` where one is named.
fn made<'a>(search: &Search<'a>, path: &str, anchor: Option<&str>) -> Vec<(&'a Outline, Span)> {
    let rests = |sections: &[(String, Digest)]| {
        anchor.is_none_or(|wanted| {
            sections.iter().any(|(it, digest)| it == wanted && *digest != Digest::UNUSED)
        })
    };
    let mut found = Vec::new();
    for outline in &search.linked.outlines {
        let sources = outline.provenance.iter().flat_map(|it| &it.sources);
        for (source, span) in sources.zip(&outline.source_places) {
            if paths::resolve(&outline.path, &source.path) == path && rests(&source.sections) {
                found.push((outline, *span));
            }
        }
    }
    found
}

/// Links to the section, and to the document without one.
pub(super) fn linked_to(search: &Search<'_>, subject: &Subject, found: &mut Vec<Touched>) {
    if !matches!(subject.fact, Fact::Section | Fact::Document) || subject.path.is_empty() {
        return;
    }
    for outline in &search.linked.outlines {
        let is_own = outline.path == subject.path;
        for link in &outline.links {
            let target = match link.path.is_empty() {
                true => outline.path.clone(),
                false => paths::resolve(&outline.path, &link.path),
            };
            if target != subject.path {
                continue;
            }
            let same = |it: &str| {
                subject.anchor.as_deref().is_some_and(|own| plain_anchor(own) == plain_anchor(it))
            };
            match link.anchor.as_deref() {
                Some(anchor) if same(anchor) => {
                    found.push(place(outline, link.span, 1, "links to this section"));
                }
                None if subject.fact == Fact::Document && !is_own => {
                    found.push(place(outline, link.span, 2, "links to this document"));
                }
                None if !is_own => {
                    let far = place(outline, link.span, 3, "links to the document that it is in");
                    found.push(Touched { certainty: Certainty::Guessed, ..far });
                }
                _ => {}
            }
        }
    }
}

/// Places that cite the id of a requirement, wherever they are.
pub(super) fn citing(search: &Search<'_>, subject: &Subject, found: &mut Vec<Touched>) {
    let Fact::Requirement(id) = &subject.fact else { return };
    for outline in &search.linked.outlines {
        let refs = outline.requirement_refs.iter().filter(|it| it.text.eq_ignore_ascii_case(id));
        found.extend(refs.map(|it| place(outline, it.span, 1, format!("cites {id}"))));
    }
    for outline in search.scope(&subject.path) {
        let same = outline.requirements.iter().filter(|it| it.id.text.eq_ignore_ascii_case(id));
        found.extend(same.map(|it| place(outline, it.id.span, 1, format!("defines {id}"))));
    }
}

/// Documents of the chain that say the same thing, or name it.
pub(super) fn naming(search: &Search<'_>, subject: &Subject, found: &mut Vec<Touched>) {
    for outline in search.scope(&subject.path) {
        match &subject.fact {
            Fact::Endpoint { method, shape } => {
                let same = |it: &&groundplan_model::outline::OutlineEndpoint| {
                    it.method == *method && paths::shape(&it.path).to_lowercase() == *shape
                };
                let stated = outline.endpoints.iter().filter(same);
                found.extend(stated.map(|it| place(outline, it.span, 1, "states the endpoint")));
                let named = outline.endpoint_mentions.iter().filter(same);
                found.extend(named.map(|it| place(outline, it.span, 2, "names the endpoint")));
            }
            Fact::Table(table) => tables(outline, table, None, found),
            Fact::Column { table, column } => tables(outline, table, Some(column), found),
            Fact::Setting(name) => {
                let same = outline.env_vars.iter().filter(|it| it.text == *name);
                found.extend(same.map(|it| place(outline, it.span, 1, "states the setting")));
            }
            Fact::Component(name) => {
                let same =
                    outline.components.iter().filter(|it| it.text.eq_ignore_ascii_case(name));
                found.extend(same.map(|it| place(outline, it.span, 1, "has the component")));
            }
            Fact::Requirement(_) | Fact::Section | Fact::Document => {}
        }
    }
}

/// Definitions of a table or of its column, and queries, keys and indexes that name it.
fn tables(outline: &Outline, table: &str, column: Option<&String>, found: &mut Vec<Touched>) {
    for defined in outline.tables.iter().filter(|it| it.name.eq_ignore_ascii_case(table)) {
        let own = column.and_then(|it| defined.column(it));
        match (column, own) {
            (None, _) => found.push(place(outline, defined.span, 1, "defines the table")),
            (Some(_), Some(own)) => found.push(place(outline, own.span, 1, "defines the column")),
            (Some(_), None) => {
                found.push(place(outline, defined.span, 2, "defines the table without the column"));
            }
        }
    }
    for used in outline.table_uses.iter().filter(|it| it.table.text.eq_ignore_ascii_case(table)) {
        let own = used.column.as_ref();
        let same = own.filter(|it| column.is_some_and(|name| it.text.eq_ignore_ascii_case(name)));
        match (column, same) {
            (None, _) => {
                let span = own.map_or(used.table.span, |it| it.span);
                found.push(place(outline, span, 2, format!("names the table in: {}", used.by)));
            }
            (Some(_), Some(it)) => {
                found.push(place(outline, it.span, 2, format!("names the column in: {}", used.by)));
            }
            // A query names its columns in ways that are not read.
            (Some(_), None) if own.is_none() => {
                let reason = format!("names the table of the column in: {}", used.by);
                let far = place(outline, used.table.span, 3, reason);
                found.push(Touched { certainty: Certainty::Guessed, ..far });
            }
            (Some(_), None) => {}
        }
    }
}

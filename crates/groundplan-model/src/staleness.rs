//! What changed since: the sections of a document beside the digests that another one recorded.

use std::collections::{HashMap, HashSet};

use groundplan_syntax::Span;

use crate::document::Concept;
use crate::paths::resolve;
use crate::provenance::{Digest, Provenance, SectionDigest, SourceRef, section_digests};
use crate::{Document, Workspace};

/// A section that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionChange {
    /// Its anchor, then or now.
    pub anchor: String,
    /// Its heading's text; the anchor where the section is gone.
    pub title: String,
    /// Its heading's place; `None` where the section is gone.
    pub place: Option<Span>,
    /// What happened to it.
    pub kind: ChangeKind,
}

/// What happened to a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// Its text is another one.
    Changed,
    /// It is gone, or has another heading.
    Removed,
    /// It was not there.
    New,
}

impl ChangeKind {
    /// `changed`, `removed` or `new`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Removed => "removed",
            Self::New => "new",
        }
    }
}

/// A source that is not what it was when a document was made from it.
#[derive(Clone, Debug)]
pub struct StaleSource<'a> {
    /// The source's path, as documents' paths are written.
    pub path: String,
    /// The source's place in the provenance block.
    pub place: Span,
    /// The source as it is; `None` where no file is there any more.
    pub document: Option<&'a Document>,
    /// The sections that are not what they were, in the source's order; those that are gone last.
    pub changes: Vec<SectionChange>,
}

/// The sources of `document` that changed since it was made from them. Of a source that is there
/// and was not read nothing is said.
pub fn stale_sources<'a>(
    workspace: &'a Workspace<'a>,
    document: &Document,
) -> Vec<StaleSource<'a>> {
    let Some(made) = Provenance::read(&document.source) else { return Vec::new() };
    let places = source_places(document, made.span);
    let stale = made.sources.iter().zip(places).filter_map(|(source, place)| {
        let path = resolve(document.source.path(), &source.path);
        let document = workspace.document(&path);
        if document.is_none() && workspace.files.exists(&path) {
            return None;
        }
        let changes = document.map_or_else(Vec::new, |it| changes(source, it));
        let is_stale = document.is_none() || !changes.is_empty();
        is_stale.then_some(StaleSource { path, place, document, changes })
    });
    stale.collect()
}

/// The places of the paths in a provenance block, in order.
fn source_places(document: &Document, block: Span) -> Vec<Span> {
    let mut at = block.start as usize;
    let mut places = Vec::new();
    for line in document.source.slice(block).split_inclusive('\n') {
        let lead = line.len() - line.trim_start().len();
        if let Some(path) = line.trim().strip_prefix("source:") {
            let start = at + lead + "source:".len() + (path.len() - path.trim_start().len());
            places.push(Span::new(start, start + path.trim().len()));
        }
        at += line.len();
    }
    places
}

/// The sections of `document` that are not what `source` recorded.
fn changes(source: &SourceRef, document: &Document) -> Vec<SectionChange> {
    let recorded: HashMap<&str, Digest> =
        source.sections.iter().map(|(anchor, digest)| (anchor.as_str(), *digest)).collect();
    let now = section_digests(document);
    let there: HashSet<&str> = now.iter().map(|it| it.anchor.as_str()).collect();
    let mut found: Vec<SectionChange> =
        now.iter().filter_map(|it| Some(change(it, kind(document, &recorded, it)?))).collect();
    let gone = source
        .sections
        .iter()
        .filter(|(anchor, digest)| *digest != Digest::UNUSED && !there.contains(anchor.as_str()));
    found.extend(gone.map(|(anchor, _)| SectionChange {
        anchor: anchor.clone(),
        title: anchor.clone(),
        place: None,
        kind: ChangeKind::Removed,
    }));
    found
}

fn change(section: &SectionDigest, kind: ChangeKind) -> SectionChange {
    let (anchor, title) = (section.anchor.clone(), section.shown_title().to_owned());
    SectionChange { anchor, title, place: Some(section.title.span), kind }
}

fn kind(
    document: &Document,
    recorded: &HashMap<&str, Digest>,
    section: &SectionDigest,
) -> Option<ChangeKind> {
    match recorded.get(section.anchor.as_str()) {
        Some(digest) if *digest == Digest::UNUSED || *digest == section.digest => None,
        Some(_) => Some(ChangeKind::Changed),
        None if recorded.is_empty() || document.is_under(section.span.start, Concept::Changes) => {
            None
        }
        None => Some(ChangeKind::New),
    }
}

/// `"API", "Limits" changed; "risks" removed`, each kind once.
pub fn summary(changes: &[SectionChange]) -> String {
    let kinds = [ChangeKind::Changed, ChangeKind::Removed, ChangeKind::New];
    let part = |kind: ChangeKind| {
        let of_kind = changes.iter().filter(|it| it.kind == kind);
        let titles: Vec<String> = of_kind.map(|it| format!("\"{}\"", it.title)).collect();
        (!titles.is_empty()).then(|| format!("{} {}", titles.join(", "), kind.as_str()))
    };
    kinds.into_iter().filter_map(part).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests;

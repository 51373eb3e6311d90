//! What changed since: the sections of a document beside the digests that another one recorded.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use groundplan_syntax::Span;

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
pub struct StaleSource {
    /// The source's path, as documents' paths are written.
    pub path: String,
    /// The source's place in the provenance block.
    pub place: Span,
    /// Whether no file is there any more.
    pub is_gone: bool,
    /// The sections that are not what they were, in the source's order; those that are gone last.
    pub changes: Vec<SectionChange>,
}

/// What is known of a source.
pub enum Found<'a> {
    /// Its sections as they are.
    Sections(Cow<'a, [SectionDigest]>),
    /// It is there, and was not read.
    Unread,
    /// No file is there.
    Gone,
}

/// The sources of `document` that changed since it was made from them. Of a source that is there
/// and was not read nothing is said.
pub fn stale_sources(workspace: &Workspace<'_>, document: &Document) -> Vec<StaleSource> {
    let Some(made) = &document.provenance else { return Vec::new() };
    let places = made.source_places(&document.source);
    stale(document.source.path(), made, &places, |path| match workspace.document(path) {
        Some(source) => Found::Sections(Cow::Owned(section_digests(source))),
        None if workspace.files.exists(path) => Found::Unread,
        None => Found::Gone,
    })
}

/// As [`stale_sources`], for the document at `path` that was made as `made` says; `find` tells what
/// is at a path.
pub fn stale<'a>(
    path: &str,
    made: &Provenance,
    places: &[Span],
    find: impl Fn(&str) -> Found<'a>,
) -> Vec<StaleSource> {
    let stale = made.sources.iter().zip(places).filter_map(|(source, place)| {
        let path = resolve(path, &source.path);
        let (is_gone, changes) = match find(&path) {
            Found::Unread => return None,
            Found::Gone => (true, Vec::new()),
            Found::Sections(now) => (false, changes(source, &now)),
        };
        let is_stale = is_gone || !changes.is_empty();
        is_stale.then_some(StaleSource { path, place: *place, is_gone, changes })
    });
    stale.collect()
}

/// The sections, as they are `now`, that are not what `source` recorded.
fn changes(source: &SourceRef, now: &[SectionDigest]) -> Vec<SectionChange> {
    let recorded: HashMap<&str, Digest> =
        source.sections.iter().map(|(anchor, digest)| (anchor.as_str(), *digest)).collect();
    let there: HashSet<&str> = now.iter().map(|it| it.anchor.as_str()).collect();
    let mut found: Vec<SectionChange> =
        now.iter().filter_map(|it| Some(change(it, kind(&recorded, it)?))).collect();
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

fn kind(recorded: &HashMap<&str, Digest>, section: &SectionDigest) -> Option<ChangeKind> {
    match recorded.get(section.anchor.as_str()) {
        Some(digest) if *digest == Digest::UNUSED || *digest == section.digest => None,
        Some(_) => Some(ChangeKind::Changed),
        None if recorded.is_empty() || section.is_log => None,
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

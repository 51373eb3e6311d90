//! A document's sections, each with the digest of its own text.

use groundplan_syntax::Span;

use super::{Digest, Provenance};
use crate::Document;
use crate::document::{Concept, HeaderField, Text};

/// The anchor of the text before the first heading; no heading can have it.
pub const TOP: &str = "(top)";

/// Words of header fields that tell of the document's life, not of what it describes.
const LIFE: [&str; 12] = [
    "status", "state", "version", "date", "created", "updated", "modified", "author", "approved",
    "approver", "reviewer", "reviewed",
];

/// A section with the digest of its own text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionDigest {
    /// The fragment that GitHub gives its heading; [`TOP`] for text before the first heading.
    pub anchor: String,
    /// Its heading's text; the place is the heading's.
    pub title: Text,
    /// What its own text was.
    pub digest: Digest,
    /// Heading and own text: to the next heading of any level.
    pub span: Span,
    /// Whether it is a part of the change log.
    pub is_log: bool,
}

impl SectionDigest {
    /// Its heading's text, or its anchor where no heading stands above it.
    pub fn shown_title(&self) -> &str {
        if self.title.text.is_empty() { &self.anchor } else { &self.title.text }
    }
}

/// The sections of a document, in order. A section's own text goes from its heading to the next
/// heading of any level. What does not change what a section says is left out of its digest: the
/// provenance block, marks in boxes, and header fields such as status, version and dates.
pub fn section_digests(document: &Document) -> Vec<SectionDigest> {
    let silent = silent(document);
    let digest = |span: Span| Digest::of(&said(document, span, &silent));
    let mut found = Vec::new();
    let first = document.sections.first().map_or(document.source.text().len(), start);
    let top = Span::new(top_start(document), first);
    if !said(document, top, &silent).trim().is_empty() {
        let title = Text { text: String::new(), span: Span::at(top.range().start) };
        let (anchor, digest) = (TOP.to_owned(), digest(top));
        found.push(SectionDigest { anchor, title, digest, span: top, is_log: false });
    }
    for (at, section) in document.sections.iter().enumerate() {
        let next = document.sections.get(at + 1).map_or(document.source.text().len(), start);
        let span = Span::new(section.heading.start as usize, next);
        let (anchor, digest) = (section.anchor.clone(), digest(span));
        let title = Text { text: section.title.text.clone(), span: section.heading };
        let is_log = document.is_under(section.heading.start, Concept::Changes);
        found.push(SectionDigest { anchor, title, digest, span, is_log });
    }
    found
}

fn start(section: &crate::document::Section) -> usize {
    section.heading.start as usize
}

/// The end of the front matter.
fn top_start(document: &Document) -> usize {
    let text = document.source.text();
    let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut at = mark;
    for (index, line) in text.get(mark..).unwrap_or("").split_inclusive('\n').enumerate() {
        at += line.len();
        match (index, line.trim_end()) {
            (0, "---") => {}
            (0, _) => return mark,
            (_, "---" | "...") => return at,
            _ => {}
        }
    }
    mark
}

/// Places whose text is left out, in order.
fn silent(document: &Document) -> Vec<Span> {
    let life = document.header.iter().chain(&document.footer).filter(|it| tells_of_life(it));
    let mut spans: Vec<Span> = life.map(|field| field.span).collect();
    spans.extend(document.checklist.iter().map(|item| item.marker));
    spans.extend(Provenance::read(&document.source).map(|it| it.span));
    spans.sort();
    spans
}

fn tells_of_life(field: &HeaderField) -> bool {
    let key = field.key.to_lowercase();
    let mut words = key.split(|c: char| !c.is_alphanumeric());
    words.any(|word| LIFE.iter().any(|it| word == *it || word.strip_suffix('s') == Some(it)))
}

/// The text of `span` without the silent places in it, and without the blanks that pad a table's
/// cell after one.
fn said(document: &Document, span: Span, silent: &[Span]) -> String {
    let mut text = String::with_capacity(span.len());
    let mut rest = span;
    let first = silent.partition_point(|it| it.start < span.start);
    for hole in silent.iter().skip(first).take_while(|it| it.start < span.end) {
        if hole.start >= rest.start {
            let before = Span { end: hole.start, ..rest };
            text.push_str(document.source.slice(before).trim_start_matches(' '));
            rest.start = hole.end.min(span.end);
        }
    }
    text.push_str(document.source.slice(rest).trim_start_matches(' '));
    text
}

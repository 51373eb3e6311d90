//! What a document was made from: the block at its end that names its template, and the sections of
//! other documents that it rests on, as they were then.
//!
//! ```text
//! <!-- groundplan
//! template: tid 1 3f2a9c01d4e5b6a7
//! source: 001_TDD-data-export.md
//!   data-model 91ab3f2a9c01d4e5
//!   - open-questions glossary
//! -->
//! ```
//!
//! After `-` stand sections that were there and that nothing rests on: they may change, and a section
//! that is not named at all is new.
//!
//! Only reading and writing of the block live here; nothing is compared.

mod digest;
mod normal;
mod sections;

use std::fmt;

use groundplan_syntax::{Kind, Source, Span, Tree, parse};

pub use digest::{Digest, DigestError};
pub use sections::{SectionDigest, TOP, section_digests};

use crate::Document;
use crate::document::Concept;

/// The first line of the block.
const OPEN: &str = "<!-- groundplan";

/// The last line of the block.
const CLOSE: &str = "-->";

/// What a document was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Provenance {
    /// The template that it came from.
    pub template: Option<TemplateRef>,
    /// The documents that it rests on.
    pub sources: Vec<SourceRef>,
    /// The block in the document's text, its last line break left out; empty for a new block.
    pub span: Span,
}

/// A template as it was when the document was made.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TemplateRef {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: u32,
    /// What its text was.
    pub digest: Digest,
}

/// A document that another one rests on, as it was then.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SourceRef {
    /// Its path from the folder of the document that names it, with `/`.
    pub path: String,
    /// Anchors of its sections, and what their texts were; [`Digest::UNUSED`] for a section that
    /// was there and that nothing rests on.
    pub sections: Vec<(String, Digest)>,
}

impl SourceRef {
    /// A reference to `document` as it is now, at `path` from the folder of the document that names
    /// it. Its change log tells of the other sections, so nothing rests on that.
    pub fn of(path: &str, document: &Document, rests_on: impl Fn(&SectionDigest) -> bool) -> Self {
        let is_log = |it: &SectionDigest| document.is_under(it.span.start, Concept::Changes);
        let section = |it: SectionDigest| {
            let counts = !is_log(&it) && rests_on(&it);
            let digest = if counts { it.digest } else { Digest::UNUSED };
            (it.anchor, digest)
        };
        let mut sections: Vec<_> = section_digests(document).into_iter().map(section).collect();
        // As the block has them, so that what is read equals what was written.
        sections.sort_by_key(|it| it.1 == Digest::UNUSED);
        Self { path: path.to_owned(), sections }
    }
}

impl Provenance {
    /// The last block of a document. Blocks in code are examples and do not count.
    pub fn read(source: &Source) -> Option<Self> {
        let text = source.text();
        // Nearly no document has one, and all are asked.
        let is_likely = memchr::memmem::find_iter(text.as_bytes(), OPEN).any(|at| {
            let rest = text.get(at + OPEN.len()..).and_then(|it| it.lines().next());
            rest.is_some_and(|rest| rest.trim().is_empty())
        });
        is_likely.then(|| Self::of_tree(source, &parse(source))).flatten()
    }

    /// The places of the sources' paths in the text that the block stands in, in order.
    pub fn source_places(&self, text: &Source) -> Vec<Span> {
        let mut at = self.span.start as usize;
        let mut places = Vec::new();
        for line in text.slice(self.span).split_inclusive('\n') {
            let lead = line.len() - line.trim_start().len();
            if let Some(path) = line.trim().strip_prefix("source:") {
                let start = at + lead + "source:".len() + (path.len() - path.trim_start().len());
                places.push(Span::new(start, start + path.trim().len()));
            }
            at += line.len();
        }
        places
    }

    /// As [`Provenance::read`], for a text that is already parsed.
    pub fn of_tree(source: &Source, tree: &Tree) -> Option<Self> {
        let blocks = tree.children(tree.root());
        let html = blocks.filter(|block| tree.kind(*block) == Kind::HtmlBlock);
        html.filter_map(|block| Self::of_block(source, tree.span(block))).last()
    }

    fn of_block(source: &Source, block: Span) -> Option<Self> {
        let text = source.slice(block);
        let (first, rest) = text.split_once('\n')?;
        let end = rest.find(CLOSE)?;
        let body = rest.get(..end).filter(|_| first.trim_end() == OPEN)?;
        let start = block.start as usize;
        let len = first.len() + 1 + end + CLOSE.len();
        let mut provenance = Self { span: Span::new(start, start + len), ..Self::default() };
        body.lines().for_each(|line| provenance.take(line.trim()));
        Some(provenance)
    }

    /// Reads a line; what is not understood is left out.
    fn take(&mut self, line: &str) {
        if let Some(template) = line.strip_prefix("template:") {
            self.template = template_ref(template).or(self.template.take());
        } else if let Some(path) = line.strip_prefix("source:") {
            let path = unescape(path.trim());
            self.sources.push(SourceRef { path, sections: Vec::new() });
        } else if let Some(source) = self.sources.last_mut() {
            match line.strip_prefix("- ") {
                Some(unused) => {
                    source.sections.extend(unused.split_whitespace().map(unused_section))
                }
                None => source.sections.extend(section(line)),
            }
        }
    }

    /// The block as text, without a line break at its end.
    pub fn to_text(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{OPEN}")?;
        if let Some(TemplateRef { name, version, digest }) = &self.template {
            writeln!(f, "template: {} {version} {digest}", escape(name))?;
        }
        for source in &self.sources {
            writeln!(f, "source: {}", escape(&source.path))?;
            let (used, unused): (Vec<_>, Vec<_>) =
                source.sections.iter().partition(|it| it.1 != Digest::UNUSED);
            for (anchor, digest) in used {
                writeln!(f, "  {anchor} {digest}")?;
            }
            write_unused(f, unused.iter().map(|it| it.0.as_str()))?;
        }
        f.write_str(CLOSE)
    }
}

/// ` tid 1 3f2a9c01d4e5b6a7`
fn template_ref(text: &str) -> Option<TemplateRef> {
    let (rest, digest) = text.trim().rsplit_once(' ')?;
    let (name, version) = rest.trim_end().rsplit_once(' ')?;
    let (version, digest) = (version.parse().ok()?, digest.parse().ok()?);
    Some(TemplateRef { name: unescape(name.trim()), version, digest })
}

/// `data-model 91ab3f2a9c01d4e5`; the anchor of a heading without letters is empty.
fn section(line: &str) -> Option<(String, Digest)> {
    let (anchor, digest) = line.rsplit_once(' ').unwrap_or(("", line));
    Some((anchor.trim().to_owned(), digest.parse().ok()?))
}

/// What stands for the empty anchor among others.
const NAMELESS: &str = "\"\"";

/// Columns of a line of anchors; one that is longer has a line of its own.
const WIDTH: usize = 100;

fn unused_section(anchor: &str) -> (String, Digest) {
    let anchor = if anchor == NAMELESS { "" } else { anchor };
    (anchor.to_owned(), Digest::UNUSED)
}

/// Anchors in lines that begin with `-`.
fn write_unused<'a>(
    f: &mut fmt::Formatter<'_>,
    anchors: impl Iterator<Item = &'a str>,
) -> fmt::Result {
    let mut column = 0;
    for anchor in anchors.map(|it| if it.is_empty() { NAMELESS } else { it }) {
        let width = anchor.chars().count() + 1;
        if column > 0 && column + width > WIDTH {
            writeln!(f)?;
            column = 0;
        }
        if column == 0 {
            f.write_str("  -")?;
            column = 3;
        }
        write!(f, " {anchor}")?;
        column += width;
    }
    if column > 0 { writeln!(f) } else { Ok(()) }
}

/// A path that can neither end the comment nor its line: `%`, `>` and control characters as `%25`.
fn escape(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for c in path.chars() {
        match u32::from(c) {
            code if c == '%' || c == '>' || code < 0x20 => text.push_str(&format!("%{code:02X}")),
            _ => text.push(c),
        }
    }
    text
}

fn unescape(text: &str) -> String {
    let mut parts = text.split('%');
    let mut path = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let code = part.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (code.filter(u8::is_ascii), part.get(2..)) {
            (Some(code), Some(rest)) => {
                path.push(char::from(code));
                path.push_str(rest);
            }
            _ => {
                path.push('%');
                path.push_str(part);
            }
        }
    }
    path
}

#[cfg(test)]
mod tests;

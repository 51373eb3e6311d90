//! What a finding is known by when lines above it move: its rule, its section and the marked words.
//!
//! Code-scanning pages and the baseline tell by it which findings are new. Neither the line nor the
//! message counts, so that text may be put in above and messages may be reworded.

use std::collections::HashMap;

use groundplan_model::Diagnostic;
use groundplan_syntax::{Kind, Source, parse};

use crate::render::Sources;

/// Fingerprints of the findings of one run.
pub(crate) struct Fingerprints<'a> {
    sources: &'a Sources<'a>,
    /// Headings of the documents that were asked about: where they begin, and what they say.
    headings: HashMap<String, Vec<(u32, u64)>>,
    seen: HashMap<u64, usize>,
}

impl<'a> Fingerprints<'a> {
    /// Fingerprints of findings in these texts.
    pub(crate) fn of(sources: &'a Sources<'a>) -> Self {
        Self { sources, headings: HashMap::new(), seen: HashMap::new() }
    }

    /// What a finding is known by inside its document.
    pub(crate) fn in_document(&mut self, finding: &Diagnostic) -> u64 {
        let source = self.sources.get(&finding.path);
        let mut hash = Fnv::default();
        hash.words(&finding.rule);
        hash.number(source.map_or(0, |it| self.section(it, finding.span.start)));
        hash.words(source.map_or("", |it| marked(it, finding)));
        hash.0
    }

    /// What a finding is known by among all of the run, with a number where that is not unique.
    pub(crate) fn unique(&mut self, finding: &Diagnostic) -> String {
        let mut hash = Fnv::default();
        hash.words(&finding.path);
        hash.number(self.in_document(finding));
        let count = self.seen.entry(hash.0).or_default();
        *count += 1;
        format!("{}:{count}", digits(hash.0))
    }

    /// The heading above `at`.
    fn section(&mut self, source: &Source, at: u32) -> u64 {
        if !self.headings.contains_key(source.path()) {
            self.headings.insert(source.path().to_owned(), headings(source));
        }
        let headings = self.headings.get(source.path()).map_or(&[][..], Vec::as_slice);
        let above = headings.partition_point(|it| it.0 <= at).checked_sub(1);
        above.and_then(|it| headings.get(it)).map_or(0, |it| it.1)
    }
}

/// A fingerprint as it is written.
pub(crate) fn digits(fingerprint: u64) -> String {
    format!("{fingerprint:016x}")
}

fn headings(source: &Source) -> Vec<(u32, u64)> {
    let tree = parse(source);
    let nodes = tree.descendants(tree.root());
    let headings = nodes.filter(|id| matches!(tree.kind(*id), Kind::Heading(_)));
    headings
        .map(|id| {
            let mut hash = Fnv::default();
            hash.words(&tree.text(id, source.text()));
            (tree.span(id).start, hash.0)
        })
        .collect()
}

/// The first line of what is marked: a table that grows is still the same. Where nothing is marked,
/// the line.
fn marked<'a>(source: &'a Source, finding: &Diagnostic) -> &'a str {
    let marked = source.slice(finding.span).trim_start().lines().next().unwrap_or("");
    let line = || source.slice(source.line_of(finding.span.start as usize));
    if marked.trim().is_empty() { line() } else { marked }
}

/// FNV-1a, 64 bits: the same on every machine and in every release.
/// <https://datatracker.ietf.org/doc/draft-eastlake-fnv/>
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    /// Adds a text whose white space does not count.
    fn words(&mut self, text: &str) {
        for word in text.split_whitespace() {
            word.bytes().chain([0]).for_each(|byte| self.byte(byte));
        }
        self.byte(1);
    }

    fn number(&mut self, number: u64) {
        number.to_le_bytes().into_iter().for_each(|byte| self.byte(byte));
    }

    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
}

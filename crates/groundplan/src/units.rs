//! Documents as a check keeps them: each read, parsed, lowered and checked alone, and then only its
//! outline and its findings are left. So ten thousand documents need the memory of their outlines.

use std::collections::HashMap;
use std::path::PathBuf;

use groundplan_analysis::{Checker, Suppressions, apply_comments, check_alone};
use groundplan_model::provenance::{SectionDigest, section_digests};
use groundplan_model::{Approvals, Diagnostic, Document, Linked, Outline, Template};
use groundplan_syntax::Source;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::config::Configs;
use crate::disk::{
    ApprovalFile, Cache, Files, Place, Profiles, Stamp, find, is_stdin, parent, read,
};
use crate::exit::Failure;
use crate::findings::Found;
use crate::load::{Stdin, document};

/// What is left of a document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Unit {
    /// What it defines and refers to.
    pub(crate) outline: Outline,
    /// The findings in it by itself.
    findings: Vec<Diagnostic>,
    /// What its comments suppress.
    comments: Suppressions,
}

/// How documents are read and checked.
pub(crate) struct Reader<'a> {
    /// What tells their kinds.
    pub(crate) profiles: &'a Profiles,
    /// The templates that they may be made from.
    pub(crate) templates: &'a [Template],
    /// What was settled, the rules to run among it.
    pub(crate) configs: &'a Configs,
}

/// Every document of a run.
#[derive(Default)]
pub(crate) struct Units {
    units: Vec<Unit>,
    /// Where they lie, sorted by name.
    places: Vec<Place>,
    /// Texts that cannot be read again: those of standard input.
    held: Vec<Source>,
    /// Files and folders that could not be read. The others count all the same.
    pub(crate) failures: Vec<Failure>,
}

/// A document that was just read, or known.
struct Fresh {
    unit: Unit,
    /// Its stamp, where the cache does not know it yet.
    stamp: Option<Stamp>,
    text: Option<Source>,
}

impl Reader<'_> {
    /// Finds every document under `paths`, and what was settled for them.
    pub(crate) fn find(&self, paths: &[PathBuf], stdin: &Stdin) -> Result<Units, Failure> {
        let found = find(paths, Some(stdin.stdin_filename.as_str()), self.configs)?;
        self.configs.look_at(found.places.iter().map(|it| it.name.as_str()))?;
        Ok(Units { places: found.places, failures: found.failures, ..Units::default() })
    }

    /// Reads the documents; what the cache knows already is not read again.
    pub(crate) fn read(&self, units: &mut Units, cache: &mut Cache) {
        cache.open(units.places.len());
        let known = &*cache;
        let read = units.places.par_iter().map(|place| self.one(place, known));
        let results: Vec<Result<Fresh, Failure>> = read.collect();
        for result in results {
            match result {
                Ok(Fresh { unit, stamp, text }) => {
                    units.held.extend(text);
                    cache.take(&unit, stamp);
                    units.units.push(unit);
                }
                Err(failure) => units.failures.push(failure),
            }
        }
    }

    fn one(&self, place: &Place, cache: &Cache) -> Result<Fresh, Failure> {
        if is_stdin(&place.path) {
            let source = read(place)?;
            let unit = self.unit(&self.document(&source));
            return Ok(Fresh { unit, stamp: None, text: Some(source) });
        }
        let stamp = Stamp::of(&place.path);
        if let Some(unit) = stamp.and_then(|stamp| cache.by_stamp(&place.name, stamp)) {
            return Ok(Fresh { unit, stamp: None, text: None });
        }
        let source = read(place)?;
        let stamp = stamp.map(|stamp| stamp.with_text(source.text()));
        if let Some(unit) = stamp.and_then(|stamp| cache.by_text(&place.name, stamp)) {
            return Ok(Fresh { unit, stamp, text: None });
        }
        Ok(Fresh { unit: self.unit(&self.document(&source)), stamp, text: None })
    }

    fn document(&self, source: &Source) -> Document {
        document(source, self.profiles, self.configs)
    }

    fn unit(&self, document: &Document) -> Unit {
        let selection = self.configs.selection(document.source.path());
        let findings = check_alone(document, self.templates, &selection);
        let (outline, comments) = (Outline::of(document), Suppressions::of(document));
        Unit { outline, findings, comments }
    }

    /// Every finding, by path and place. Afterwards only the texts are left of the documents.
    pub(crate) fn check(&self, units: &mut Units) -> Result<Found, Failure> {
        let approvals = units.approvals()?;
        let (mut findings, mut comments) = (Vec::new(), Vec::new());
        let all = std::mem::take(&mut units.units).into_iter().map(|mut unit| {
            findings.append(&mut unit.findings);
            comments.push((unit.outline.path.clone(), unit.comments));
            unit.outline
        });
        let (outlines, files) = (all.collect(), Files::default());
        let linked = Linked::new(outlines, &files).with_approvals(approvals);
        let sections = self.sections(units, linked.asked());
        let linked = linked.with_sections(sections);
        let checker = Checker::new(&linked);
        let selection = |path: &str| self.configs.selection(path);
        let outlines = linked.outlines.par_iter();
        findings.par_extend(outlines.flat_map_iter(|it| checker.check(it, &selection(&it.path))));
        let (findings, suppressed) = apply_comments(findings, comments, selection);
        // Freeing ten thousand outlines takes longer than linking them: nobody has to wait for it.
        let outlines = linked.outlines;
        std::thread::spawn(move || drop(outlines));
        Ok(Found { findings, suppressed })
    }

    fn sections(&self, units: &Units, asked: Vec<String>) -> HashMap<String, Vec<SectionDigest>> {
        let one = |path: String| {
            let source = units.text(&path)?;
            let sections = section_digests(&self.document(&source));
            Some((path, sections))
        };
        asked.into_par_iter().filter_map(one).collect()
    }
}

impl Units {
    /// How many documents there are.
    pub(crate) fn count(&self) -> usize {
        self.units.len()
    }

    fn approvals(&self) -> Result<Approvals, Failure> {
        let Some(first) = self.places.iter().find(|it| !is_stdin(&it.path)) else {
            return Ok(Approvals::default());
        };
        Ok(ApprovalFile::of(&parent(&first.path))?.by_name(self.places.iter()))
    }

    /// The texts that findings lie in.
    pub(crate) fn texts(&self, findings: &[Diagnostic]) -> Vec<Source> {
        let own = findings.iter().map(|it| &*it.path);
        let related = findings.iter().flat_map(|it| &it.related).map(|it| &*it.path);
        let mut paths: Vec<&str> = own.chain(related).collect();
        paths.sort_unstable();
        paths.dedup();
        paths.into_par_iter().filter_map(|path| self.text(path)).collect()
    }

    /// The text of the document at `path`, read again.
    fn text(&self, path: &str) -> Option<Source> {
        if let Some(held) = self.held.iter().find(|it| it.path() == path) {
            return Some(held.clone());
        }
        let at = self.places.binary_search_by(|it| it.name.as_str().cmp(path)).ok()?;
        read(self.places.get(at)?).ok()
    }
}

//! Documents as a check keeps them: each read, parsed, lowered and checked alone, and then only its
//! outline and its findings are left. So ten thousand documents need the memory of their outlines.

pub(crate) mod records;

use std::collections::HashMap;
use std::path::PathBuf;

use groundplan_analysis::{Checker, Suppressions, apply_comments, check_alone};
use groundplan_model::provenance::{SectionDigest, section_digests};
use groundplan_model::{Diagnostic, Document, Linked, Outline, Template};
use groundplan_syntax::Source;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::config::Configs;
use crate::disk::{
    ApprovalFile, Cache, Files, Place, Profiles, Shard, Stamp, code_roots, find, hash, is_stdin,
    parent, read, read_contracts,
};
use crate::exit::Failure;
use crate::findings::Found;
use crate::load::{Stdin, document};
use crate::progress::Progress;

/// What is left of a document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Unit {
    /// What it defines and refers to.
    pub(crate) outline: Outline,
    /// The findings in it by itself.
    #[serde(with = "records")]
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
    /// The stamps of the files there, from before they are read; none of standard input.
    stamps: Vec<Option<Stamp>>,
    /// The OpenAPI files beside them.
    contracts: Vec<Place>,
    /// Texts that cannot be read again: those of standard input.
    held: Vec<Source>,
    /// Documents that could not be read.
    unread: usize,
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
        let stamp = |place: &Place| {
            if is_stdin(&place.path) { None } else { Stamp::of(&place.path) }
        };
        let stamps = found.places.par_iter().map(stamp).collect();
        let (places, contracts, failures) = (found.places, found.contracts, found.failures);
        Ok(Units { places, stamps, contracts, failures, ..Units::default() })
    }

    /// Every finding, by path and place: the answer of the run before where nothing changed since.
    pub(crate) fn found(&self, units: &mut Units, cache: &Cache) -> Result<Found, Failure> {
        let approvals = units.approvals()?;
        let documents = units.digest(approvals.as_ref(), cache);
        if let Some(found) = documents.and_then(|it| cache.answer(it)) {
            return Ok(found);
        }
        self.read(units, cache);
        let files = Files::default();
        let found = self.check(units, approvals.as_ref(), &files);
        if let Some(documents) = documents.filter(|_| units.failures.is_empty()) {
            // Only the next run would miss it.
            let _ = cache.keep_answer(documents, &files, &found);
        }
        Ok(found)
    }

    /// Reads the documents; what the cache knows already is not read again.
    fn read(&self, units: &mut Units, cache: &Cache) {
        let parts = cache.parts(&units.places);
        let (here, progress) = (&*units, Progress::of(units.places.len()));
        let read = parts.par_iter().enumerate();
        let read = read.flat_map_iter(|(at, part)| self.part(at, part, here, (cache, &progress)));
        let mut results: Vec<(usize, Result<Fresh, Failure>)> = read.collect();
        drop(progress);
        results.sort_unstable_by_key(|it| it.0);
        for (_, result) in results {
            match result {
                Ok(Fresh { unit, text, .. }) => {
                    units.held.extend(text);
                    units.units.push(unit);
                }
                Err(failure) => {
                    units.unread += 1;
                    units.failures.push(failure);
                }
            }
        }
    }

    /// Reads the documents that a shard of the cache is about.
    fn part(
        &self,
        at: usize,
        part: &[usize],
        units: &Units,
        (cache, progress): (&Cache, &Progress),
    ) -> Vec<(usize, Result<Fresh, Failure>)> {
        let shard = cache.shard(at);
        let one = |index: &usize| {
            let place = units.places.get(*index)?;
            let stamp = units.stamps.get(*index).copied().flatten();
            let read = self.one(place, stamp, &shard);
            progress.step();
            Some((*index, read))
        };
        let read: Vec<_> = part.par_iter().filter_map(one).collect();
        let fresh = read.iter().filter_map(|it| it.1.as_ref().ok());
        cache.keep(at, &shard, fresh.filter_map(|it| Some((&it.unit, it.stamp?))));
        read
    }

    fn one(&self, place: &Place, stamp: Option<Stamp>, known: &Shard) -> Result<Fresh, Failure> {
        if let Some(unit) = stamp.and_then(|stamp| known.by_stamp(&place.name, stamp)) {
            return Ok(Fresh { unit, stamp: None, text: None });
        }
        let source = read(place)?;
        let stamp = stamp.map(|stamp| stamp.with_text(source.text()));
        if let Some(unit) = stamp.and_then(|stamp| known.by_text(&place.name, stamp)) {
            return Ok(Fresh { unit, stamp, text: None });
        }
        let unit = self.unit(&self.document(&source));
        Ok(Fresh { unit, stamp, text: is_stdin(&place.path).then_some(source) })
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

    fn check(&self, units: &mut Units, approvals: Option<&ApprovalFile>, files: &Files) -> Found {
        let approvals = approvals.map(|it| it.by_name(units.places.iter())).unwrap_or_default();
        let (mut findings, mut comments) = (Vec::new(), Vec::new());
        let all = std::mem::take(&mut units.units).into_iter().map(|mut unit| {
            findings.append(&mut unit.findings);
            if !unit.comments.is_empty() {
                comments.push((unit.outline.path.clone(), unit.comments));
            }
            unit.outline
        });
        let linked = Linked::new(all.collect(), files).with_approvals(approvals);
        let sections = self.sections(units, linked.asked());
        let linked = linked.with_sections(sections).with_code_roots(code_roots(self.configs));
        let contracts = read_contracts(&units.contracts, self.configs, &mut units.failures);
        let linked = linked.with_contracts(contracts);
        let checker = Checker::new(&linked);
        let selection = |path: &str| self.configs.selection(path);
        let outlines = linked.outlines.par_iter();
        findings.par_extend(outlines.flat_map_iter(|it| checker.check(it, &selection(&it.path))));
        let (findings, suppressed) = apply_comments(findings, comments, selection);
        // Freeing ten thousand outlines takes longer than linking them: nobody has to wait for it.
        let outlines = linked.outlines;
        std::thread::spawn(move || drop(outlines));
        Found { findings, suppressed }
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
    pub(crate) fn found(&self) -> usize {
        self.places.len()
    }

    /// How many of them were read, by this run or an earlier one: those that could not be are among
    /// the failures, beside folders.
    pub(crate) fn count(&self) -> usize {
        self.places.len() - self.unread
    }

    /// What tells that no document changed; nothing where a change might not be seen.
    fn digest(&self, approvals: Option<&ApprovalFile>, cache: &Cache) -> Option<u64> {
        let stamps = self.stamps.iter().map(|it| it.filter(|stamp| cache.is_settled(*stamp)));
        let stamps: Vec<Stamp> = stamps.collect::<Option<_>>()?;
        let contract = |it: &Place| Stamp::of(&it.path).filter(|stamp| cache.is_settled(*stamp));
        let contracts: Vec<Stamp> = self.contracts.iter().map(contract).collect::<Option<_>>()?;
        let names = self.places.iter().chain(&self.contracts);
        let names: Vec<&str> = names.map(|it| it.name.as_str()).collect();
        let is_whole = self.failures.is_empty();
        is_whole.then(|| hash(&(names, stamps, contracts, approvals.map(ApprovalFile::digest))))
    }

    /// What was approved in the workspace.
    fn approvals(&self) -> Result<Option<ApprovalFile>, Failure> {
        let first = self.places.iter().find(|it| !is_stdin(&it.path));
        first.map(|it| ApprovalFile::of(&parent(&it.path))).transpose()
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

    /// The text of the document or the OpenAPI file at `path`, read again.
    fn text(&self, path: &str) -> Option<Source> {
        if let Some(held) = self.held.iter().find(|it| it.path() == path) {
            return Some(held.clone());
        }
        let at = self.places.binary_search_by(|it| it.name.as_str().cmp(path)).ok();
        let contract = || self.contracts.iter().find(|it| it.name == path);
        read(at.and_then(|at| self.places.get(at)).or_else(contract)?).ok()
    }
}

//! The table by rule, and the verdicts that no finding answers to any more.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::findings::Finding;
use super::verdicts::{Place, Verdict, Verdicts};

/// Everything that was found, beside what was judged.
pub(super) struct Report<'a> {
    /// By the rule's name.
    rules: BTreeMap<&'a str, Tally<'a>>,
    /// Judged places without a finding.
    silent: Vec<(&'a Place, Verdict)>,
}

/// The figures of some findings.
#[derive(Default)]
struct Tally<'a> {
    findings: usize,
    documents: BTreeSet<&'a str>,
    errors: usize,
    warnings: usize,
    infos: usize,
    is_true: usize,
    is_false: usize,
    open: usize,
}

impl<'a> Tally<'a> {
    fn add(&mut self, finding: &'a Finding, verdict: Option<Verdict>) {
        self.findings += 1;
        self.documents.insert(&finding.path);
        match finding.severity.as_str() {
            "error" => self.errors += 1,
            "warning" => self.warnings += 1,
            _ => self.infos += 1,
        }
        match verdict {
            Some(Verdict::True) => self.is_true += 1,
            Some(Verdict::False) => self.is_false += 1,
            Some(Verdict::Open) => self.open += 1,
            None => {}
        }
    }

    fn merge(&mut self, other: &Self) {
        self.findings += other.findings;
        self.documents.extend(&other.documents);
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
        self.is_true += other.is_true;
        self.is_false += other.is_false;
        self.open += other.open;
    }

    /// Percent of the verdicts that are `true`; those left open count on neither side.
    fn precision(&self) -> Option<f64> {
        let judged = u32::try_from(self.is_true + self.is_false).ok().filter(|it| *it > 0)?;
        let is_true = u32::try_from(self.is_true).ok()?;
        Some(100.0 * f64::from(is_true) / f64::from(judged))
    }
}

impl<'a> Report<'a> {
    pub(super) fn new(findings: &'a [Finding], verdicts: &'a Verdicts) -> Self {
        let mut rules: BTreeMap<&str, Tally<'_>> = BTreeMap::new();
        for finding in findings {
            let verdict = verdicts.get(&finding.place()).copied();
            rules.entry(&finding.rule).or_default().add(finding, verdict);
        }
        let found: BTreeSet<Place> = findings.iter().map(Finding::place).collect();
        let pairs = verdicts.iter().map(|(place, verdict)| (place, *verdict));
        let silent = pairs.filter(|(place, _)| !found.contains(place)).collect();
        Self { rules, silent }
    }

    /// Percent of all verdicts on what is found now.
    pub(super) fn precision(&self) -> Option<f64> {
        self.sum().precision()
    }

    fn sum(&self) -> Tally<'a> {
        let mut sum = Tally::default();
        self.rules.values().for_each(|tally| sum.merge(tally));
        sum
    }

    fn places(&self, verdict: Verdict) -> impl Iterator<Item = &'a Place> {
        let wanted = self.silent.iter().filter(move |(_, it)| *it == verdict);
        wanted.map(|(place, _)| *place)
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = ["findings", "documents", "error", "warning", "info", "true", "false", "open"];
        write!(out, "{:<33}", "rule")?;
        names.iter().try_for_each(|it| write!(out, " {it:>9}"))?;
        writeln!(out, " {:>9}", "precision")?;
        for (rule, tally) in &self.rules {
            row(out, rule, tally)?;
        }
        row(out, "all", &self.sum())?;
        let said = [
            (Verdict::True, "judged true and no longer found"),
            (Verdict::False, "judged false and gone"),
        ];
        for (verdict, label) in said {
            let mut places = self.places(verdict);
            places.try_for_each(|it| {
                writeln!(out, "{label}: {} {}:{}", it.rule, it.document, it.line)
            })?;
        }
        Ok(())
    }
}

fn row(out: &mut fmt::Formatter<'_>, name: &str, tally: &Tally<'_>) -> fmt::Result {
    let Tally { findings, documents, errors, warnings, infos, is_true, is_false, open } = tally;
    write!(out, "{name:<33} {findings:>9} {:>9} {errors:>9}", documents.len())?;
    write!(out, " {warnings:>9} {infos:>9} {is_true:>9} {is_false:>9} {open:>9}")?;
    let percent = tally.precision().map_or("-".to_owned(), |it| format!("{it:.1}"));
    writeln!(out, " {percent:>9}")
}

#[cfg(test)]
mod tests;

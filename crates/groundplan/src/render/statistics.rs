//! How many findings there are of each rule, and how many of them `--fix` mends.

use std::collections::BTreeMap;
use std::fmt::Write;

use groundplan_model::{Certainty, Diagnostic};

use super::Report;
use crate::ui::{DIM, STRONG, paint};

/// What is counted of one rule.
#[derive(Default)]
struct Count<'a> {
    findings: usize,
    documents: usize,
    fixable: usize,
    last: Option<&'a str>,
}

/// A line for each rule, the one with most findings first.
pub(crate) fn statistics(report: &Report<'_>) -> String {
    let mut counts: BTreeMap<&str, Count<'_>> = BTreeMap::new();
    for finding in report.findings {
        counts.entry(&finding.rule).or_default().add(finding);
    }
    let mut rows: Vec<(&str, Count<'_>)> = counts.into_iter().collect();
    rows.sort_by_key(|it| std::cmp::Reverse(it.1.findings));
    if rows.is_empty() {
        return String::new();
    }
    let width = rows.iter().map(|it| it.0.len()).max().unwrap_or(0);
    let head = format!("{:<width$}  findings  documents  fixable", "rule");
    let mut text = format!("{}\n", paint(report.styled, STRONG, &head));
    for (rule, Count { findings, documents, fixable, .. }) in &rows {
        let fixable = match fixable {
            0 => paint(report.styled, DIM, "      -"),
            count => format!("{count:>7}"),
        };
        let _ = writeln!(text, "{rule:<width$}  {findings:>8}  {documents:>9}  {fixable}");
    }
    text
}

impl<'a> Count<'a> {
    /// Counts a finding; findings come sorted by path.
    fn add(&mut self, finding: &'a Diagnostic) {
        let is_safe = finding.fix.as_ref().is_some_and(|it| it.certainty == Certainty::Stated);
        self.findings += 1;
        self.fixable += usize::from(is_safe);
        if self.last != Some(&*finding.path) {
            self.documents += 1;
            self.last = Some(&finding.path);
        }
    }
}

//! The table of precision and recall, for people and for programs.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::Outcome;
use super::compare::{Item, Tally};
use super::facts::{self, FactKind};

/// Everything that was judged.
pub(crate) struct Report<'a> {
    /// Documents that the corpus does not have.
    pub(crate) absent: Vec<&'a str>,
    pub(crate) outcomes: Vec<&'a Outcome>,
}

/// The figures of one kind of fact over all documents.
#[derive(Default)]
struct Sum {
    /// Documents in which it is expected or found.
    documents: usize,
    expected: usize,
    found: usize,
    correct: usize,
    /// Means over documents, so that one long document does not decide.
    mean_precision: Option<f64>,
    mean_recall: Option<f64>,
}

impl Sum {
    fn of<'a>(tallies: impl Iterator<Item = &'a Tally>) -> Self {
        let mut sum = Self::default();
        let (mut precisions, mut recalls) = (Vec::new(), Vec::new());
        for tally in tallies.filter(|it| it.expected() + it.found() > 0) {
            sum.documents += 1;
            sum.expected += tally.expected();
            sum.found += tally.found();
            sum.correct += tally.correct;
            precisions.extend(percent(tally.correct, tally.found()));
            recalls.extend(percent(tally.correct, tally.expected()));
        }
        sum.mean_precision = mean(&precisions);
        sum.mean_recall = mean(&recalls);
        sum
    }

    fn precision(&self) -> Option<f64> {
        percent(self.correct, self.found)
    }

    fn recall(&self) -> Option<f64> {
        percent(self.correct, self.expected)
    }

    /// Whether the goal is reached; where nothing was found or expected, nothing was missed.
    fn reaches(&self, goal: (f64, f64)) -> bool {
        self.precision().is_none_or(|it| it >= goal.0)
            && self.recall().is_none_or(|it| it >= goal.1)
    }
}

impl Report<'_> {
    fn sums(&self) -> impl Iterator<Item = (&'static FactKind, Sum)> {
        let kinds = facts::ALL.iter().enumerate();
        kinds.map(|(at, kind)| {
            (kind, Sum::of(self.outcomes.iter().filter_map(|it| it.tallies.get(at))))
        })
    }

    /// Every fault of the kind named `name`, by document.
    pub(crate) fn details(&self, name: &str) -> String {
        let mut text = format!("\n{name}\n");
        let kind = facts::ALL.iter().position(|kind| kind.name == name);
        for outcome in &self.outcomes {
            let Some(tally) = kind.and_then(|at| outcome.tallies.get(at)) else { continue };
            if tally.wrong.is_empty() && tally.missing.is_empty() {
                continue;
            }
            let (correct, expected, found) = (tally.correct, tally.expected(), tally.found());
            text += &format!("  {} ({correct} of {expected}, {found} found)\n", outcome.path);
            text += &faults("too much", &tally.wrong);
            text += &faults("missing ", &tally.missing);
        }
        text
    }

    pub(crate) fn write_json(&self, path: &Path) -> Result<()> {
        let report = json!({
            "schema_version": 1,
            "documents": self.outcomes.len(),
            "absent": self.absent,
            "kinds": self.sums().map(|(kind, sum)| figures(kind, &sum)).collect::<Value>(),
        });
        fs::write(path, format!("{report:#}\n"))
            .with_context(|| format!("cannot write {}", path.display()))
    }
}

fn figures(kind: &FactKind, sum: &Sum) -> Value {
    json!({
        "name": kind.name,
        "documents": sum.documents,
        "expected": sum.expected,
        "found": sum.found,
        "correct": sum.correct,
        "precision": sum.precision(),
        "recall": sum.recall(),
        "mean_precision": sum.mean_precision,
        "mean_recall": sum.mean_recall,
        "goal": kind.goal.map(|(precision, recall)| json!({"precision": precision, "recall": recall})),
        "reached": kind.goal.map(|goal| sum.reaches(goal)),
    })
}

fn faults(label: &str, items: &[Item]) -> String {
    let line = |item: &Item| item.line.map(|line| format!("  (line {line})")).unwrap_or_default();
    items.iter().map(|item| format!("    {label} {}{}\n", item.key, line(item))).collect()
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            out,
            "{:<17} {:>9} {:>9} {:>6} {:>8} {:>10} {:>7}   {:<13} goal",
            "", "documents", "expected", "found", "correct", "precision", "recall", "per document"
        )?;
        for (kind, sum) in self.sums() {
            write!(out, "{:<17} {:>9} {:>9}", kind.name, sum.documents, sum.expected)?;
            write!(out, " {:>6} {:>8}", sum.found, sum.correct)?;
            write!(out, " {:>10} {:>7}", shown(sum.precision()), shown(sum.recall()))?;
            write!(out, "   {:>6}/{:<6}", shown(sum.mean_precision), shown(sum.mean_recall))?;
            writeln!(out, " {}", verdict(kind, &sum))?;
        }
        writeln!(out, "{} documents judged", self.outcomes.len())?;
        self.absent.iter().try_for_each(|path| writeln!(out, "not in the corpus: {path}"))
    }
}

fn verdict(kind: &FactKind, sum: &Sum) -> String {
    let Some(goal) = kind.goal else { return String::new() };
    let word = if sum.reaches(goal) { "reached" } else { "missed" };
    format!("{}/{} {word}", goal.0, goal.1)
}

fn shown(percent: Option<f64>) -> String {
    percent.map_or("-".to_owned(), |it| format!("{it:.1}"))
}

#[expect(clippy::cast_precision_loss, reason = "counts of facts lie far below 2^52")]
fn percent(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| 100.0 * part as f64 / whole as f64)
}

#[expect(clippy::cast_precision_loss, reason = "counts of documents lie far below 2^52")]
fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

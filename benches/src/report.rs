//! The table of ratios, for people and for programs.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::rounds::Rounds;

/// What was measured.
pub(crate) struct Report {
    cores: usize,
    lines: Vec<Line>,
    notes: Vec<String>,
}

/// One ratio: Groundplan's figure over the other side's.
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) unit: &'static str,
    /// Whether a larger figure is the better one.
    pub(crate) more_is_better: bool,
    pub(crate) ours: Rounds,
    pub(crate) theirs: Rounds,
}

impl Report {
    pub(crate) fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { cores, lines: Vec::new(), notes: Vec::new() }
    }

    pub(crate) fn add(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// A sentence that a reader of the figures must know.
    pub(crate) fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    pub(crate) fn write_json(&self, path: &Path) -> Result<()> {
        let report = json!({
            "schema_version": 1,
            "cores": self.cores,
            "benches": self.lines.iter().map(Line::json).collect::<Value>(),
            "notes": self.notes,
        });
        fs::write(path, format!("{report:#}\n"))
            .with_context(|| format!("cannot write {}", path.display()))
    }
}

impl Line {
    fn json(&self) -> Value {
        json!({
            "name": self.name,
            "unit": self.unit,
            "more_is_better": self.more_is_better,
            "groundplan": self.ours.json(),
            "other": self.theirs.json(),
            "ratio": self.ours.over(&self.theirs).json(),
        })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.lines.iter().map(|line| line.name.len()).max().unwrap_or(0);
        writeln!(
            f,
            "\n{:name$}  {:>12}  {:>12}  {:>7}  {:>15}",
            "", "groundplan", "other side", "ratio", "spread"
        )?;
        for line in &self.lines {
            let ratio = line.ours.over(&line.theirs).summary();
            let better = if line.more_is_better { "more is better" } else { "less is better" };
            writeln!(
                f,
                "{:name$}  {:>12}  {:>12}  {:>7}  {:>15}  {}, {better}",
                line.name,
                figure(line.ours.summary().median),
                figure(line.theirs.summary().median),
                figure(ratio.median),
                format!("{} to {}", figure(ratio.least), figure(ratio.most)),
                line.unit,
            )?;
        }
        writeln!(f, "\nMedians on {} cores; ratios are taken round by round.", self.cores)?;
        self.notes.iter().try_for_each(|note| writeln!(f, "{note}"))
    }
}

/// Three digits that count.
fn figure(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

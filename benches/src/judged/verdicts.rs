//! What a person said of findings.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde::Deserialize;

/// The place of a finding: verdicts hold for all findings of a rule on one line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) rule: String,
    pub(super) document: String,
    pub(super) line: usize,
}

/// A person's word on a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    True,
    False,
    /// The corpus is an extract, and what it lacks decides: a file of the repository, for example.
    Open,
}

pub(super) type Verdicts = BTreeMap<Place, Verdict>;

/// A file of verdicts: about one rule, or a sample over all rules.
#[derive(Deserialize)]
#[serde(untagged)]
enum File {
    OfRule { rule: String, judged: Vec<Judged> },
    Sample(Vec<Sampled>),
}

#[derive(Deserialize)]
struct Sampled {
    rule: String,
    #[serde(flatten)]
    judged: Judged,
}

#[derive(Deserialize)]
struct Judged {
    document: String,
    line: usize,
    #[serde(rename = "true")]
    is_true: Option<bool>,
}

impl Judged {
    fn of(self, rule: String) -> (Place, Verdict) {
        let verdict = match self.is_true {
            Some(true) => Verdict::True,
            Some(false) => Verdict::False,
            None => Verdict::Open,
        };
        (Place { rule, document: self.document, line: self.line }, verdict)
    }
}

/// The verdicts of every JSON file in `folder`.
pub(super) fn load(folder: &Path) -> Result<Verdicts> {
    let mut verdicts = Verdicts::new();
    for path in files(folder)? {
        let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let file = serde_json::from_slice(&text)
            .with_context(|| format!("{} is no list of verdicts", path.display()))?;
        verdicts.extend(entries(file));
    }
    Ok(verdicts)
}

fn entries(file: File) -> Vec<(Place, Verdict)> {
    match file {
        File::OfRule { rule, judged } => judged.into_iter().map(|it| it.of(rule.clone())).collect(),
        File::Sample(sampled) => sampled.into_iter().map(|it| it.judged.of(it.rule)).collect(),
    }
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("no folder {}", folder.display()))?;
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    let mut found: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|it| it == "json")).collect();
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests;

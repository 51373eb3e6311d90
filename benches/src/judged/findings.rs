//! What `groundplan check` says of the corpus, with the rules that are on by default.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};
use serde::Deserialize;

use super::verdicts::Place;
use crate::folder::sibling;

#[derive(Deserialize)]
struct Answer {
    findings: Vec<Finding>,
}

/// A finding, as far as people judge it.
#[derive(Deserialize)]
pub(super) struct Finding {
    pub(super) rule: String,
    pub(super) severity: String,
    pub(super) path: String,
    pub(super) line: usize,
    pub(super) message: String,
    pub(super) help: Option<String>,
    #[serde(default)]
    pub(super) related: Vec<Related>,
}

/// The other place of a finding.
#[derive(Deserialize)]
pub(super) struct Related {
    pub(super) path: String,
    pub(super) line: usize,
    pub(super) message: String,
}

impl Finding {
    pub(super) fn place(&self) -> Place {
        Place { rule: self.rule.clone(), document: self.path.clone(), line: self.line }
    }
}

/// Checks the documents of `corpus`. Nothing is written there, and no setting of it counts.
pub(super) fn of(corpus: &Path) -> Result<Vec<Finding>> {
    let mut command = Command::new(sibling("groundplan")?);
    command.args(["check", ".", "--output-format", "json", "--no-cache", "--no-config"]);
    // Findings make it fail: what counts is whether its answer can be read.
    let output = command.current_dir(corpus).stderr(Stdio::inherit()).output();
    let output = output.context("cannot start `groundplan check`")?;
    let answer: Answer = serde_json::from_slice(&output.stdout)
        .context("`groundplan check` gave no findings that can be read")?;
    Ok(answer.findings)
}

//! The expectations of one document, as a person wrote them down.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

use super::Options;

/// Data types or tables by name, each with its fields.
pub(crate) type Shapes = BTreeMap<String, Vec<String>>;

/// What a document states. Lines count from 1.
#[derive(Deserialize)]
pub(crate) struct Expected {
    /// Its path below the corpus folder.
    pub(crate) document: String,
    pub(crate) kind: String,
    pub(crate) status: Option<Status>,
    #[serde(flatten)]
    pub(crate) facts: Facts,
    /// What the document leaves open: ignored, found or not.
    #[serde(default)]
    pub(crate) unsure: Unsure,
}

/// Facts of which a document has several.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Facts {
    pub(crate) endpoints: Vec<String>,
    pub(crate) tables: Shapes,
    pub(crate) types: Shapes,
    pub(crate) tasks: Tasks,
    pub(crate) requirements: Vec<String>,
    pub(crate) requirement_refs: Vec<String>,
    pub(crate) targets: Vec<Target>,
    pub(crate) errors: Vec<Error>,
    pub(crate) env_vars: Vec<String>,
    pub(crate) components: Vec<String>,
    pub(crate) questions: Questions,
    pub(crate) placeholders: Vec<usize>,
}

/// What is ignored.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Unsure {
    /// Kinds that are as good.
    pub(crate) kind: Vec<String>,
    /// Readings of the status that are as good.
    pub(crate) status: Vec<String>,
    #[serde(flatten)]
    pub(crate) facts: Facts,
}

#[derive(Deserialize)]
pub(crate) struct Status {
    pub(crate) state: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Tasks {
    pub(crate) done: usize,
    pub(crate) open: usize,
    pub(crate) other: usize,
    pub(crate) ids: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Target {
    pub(crate) line: usize,
    pub(crate) value: f64,
    pub(crate) unit: String,
}

#[derive(Deserialize)]
pub(crate) struct Error {
    pub(crate) line: usize,
    pub(crate) code: u16,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Questions {
    pub(crate) answered: usize,
    pub(crate) open: usize,
}

/// The expectations that `options` ask for, in the order of their files' names.
pub(crate) fn load(options: &Options) -> Result<Vec<Expected>> {
    let mut found = Vec::new();
    for path in files(options)? {
        let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let expected: Expected = serde_json::from_slice(&text)
            .with_context(|| format!("{} is no expectation", path.display()))?;
        let is_asked_for =
            options.document.as_ref().is_none_or(|part| expected.document.contains(part));
        if is_asked_for {
            found.push(expected);
        }
    }
    Ok(found)
}

fn files(options: &Options) -> Result<Vec<PathBuf>> {
    let folder = &options.expectations;
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        paths.filter(|path| is_asked_for(path, &options.labels)).collect();
    files.sort();
    if files.is_empty() {
        bail!(
            "{} has no expectations named `{}*.json`; `--labels` takes the beginning of their \
             names",
            folder.display(),
            options.labels
        );
    }
    Ok(files)
}

fn is_asked_for(path: &Path, prefix: &str) -> bool {
    let is_expectation = path.extension().is_some_and(|it| it == "json");
    let name = path.file_name().map(|name| name.to_string_lossy());
    is_expectation && name.is_some_and(|name| name.starts_with(prefix))
}

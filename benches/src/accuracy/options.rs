//! Options of `cargo xtask accuracy`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::facts;

/// What `--help` says.
pub(super) const USAGE: &str = "\
usage: cargo xtask accuracy --corpus FOLDER [--details KIND]… [--document TEXT] [--labels PREFIX] [--json FILE]
  --corpus FOLDER   where the labelled documents lie; or GROUNDPLAN_CORPUS
  --details KIND    list every fault of a kind of fact; may be repeated
  --document TEXT   only documents whose path holds TEXT
  --labels PREFIX   only label files whose name begins with PREFIX, such as `heldout-`
  --json FILE       write the figures for programs";

/// Where the documents are, and what to show.
pub(crate) struct Options {
    /// The folder that the documents' paths begin in.
    pub(crate) corpus: PathBuf,
    /// The folder of the expectations.
    pub(crate) expectations: PathBuf,
    /// Kinds of facts of which every fault is listed.
    pub(crate) details: Vec<String>,
    /// Only documents whose path holds this text.
    pub(crate) document: Option<String>,
    /// Only expectations whose file's name begins with this.
    pub(crate) labels: String,
    /// Where to write the figures for programs.
    pub(crate) json: Option<PathBuf>,
}

impl Options {
    pub(crate) fn parse(args: &[String]) -> Result<Self> {
        let mut corpus = std::env::var_os("GROUNDPLAN_CORPUS").map(PathBuf::from);
        let (mut details, mut document, mut json) = (Vec::new(), None, None);
        let mut labels = String::new();
        let mut args = args.iter();
        while let Some(name) = args.next() {
            let value = args.next().with_context(|| format!("{name}: no value; {USAGE}"))?;
            match name.as_str() {
                "--corpus" => corpus = Some(value.into()),
                "--details" => details.push(kind(value)?),
                "--document" => document = Some(value.clone()),
                "--labels" => labels.clone_from(value),
                "--json" => json = Some(value.into()),
                _ => bail!("`{name}` is not an option; {USAGE}"),
            }
        }
        let corpus = existing(corpus)?;
        let expectations = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/accuracy");
        Ok(Self { corpus, expectations, details, document, labels, json })
    }
}

fn existing(corpus: Option<PathBuf>) -> Result<PathBuf> {
    let Some(corpus) = corpus else {
        bail!(
            "no corpus is given; the documents are not part of this repository: name their folder \
             with `--corpus FOLDER` or in the environment variable GROUNDPLAN_CORPUS"
        );
    };
    if !corpus.is_dir() {
        bail!(
            "{} is no folder; name the folder of the documents with `--corpus FOLDER` or in the \
             environment variable GROUNDPLAN_CORPUS (a relative path begins at the repository's root)",
            corpus.display()
        );
    }
    Ok(corpus)
}

fn kind(value: &str) -> Result<String> {
    if facts::ALL.iter().any(|kind| kind.name == value) {
        return Ok(value.to_owned());
    }
    let names: Vec<&str> = facts::ALL.iter().map(|kind| kind.name).collect();
    bail!("--details: `{value}` is no kind of fact; there are {}", names.join(", "))
}

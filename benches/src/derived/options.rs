//! Options of `cargo xtask derived`.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

const USAGE: &str = "\
usage: cargo xtask derived --corpus FOLDER… [--details]
  --corpus FOLDER   where documents lie, may be repeated; or GROUNDPLAN_CORPUS
  --details         list every endpoint that is not derived, with the document's path and line";

/// Where the documents are, and what to show.
pub(super) struct Options {
    pub(super) corpus: Vec<PathBuf>,
    pub(super) details: bool,
}

impl Options {
    pub(super) fn parse(args: &[String]) -> Result<Self> {
        let mut corpus: Vec<PathBuf> = Vec::new();
        let mut details = false;
        let mut args = args.iter();
        while let Some(name) = args.next() {
            match name.as_str() {
                "--details" => details = true,
                "--corpus" => {
                    let folder = args.next().with_context(|| format!("no folder; {USAGE}"))?;
                    corpus.push(folder.into());
                }
                _ => bail!("{USAGE}"),
            }
        }
        if corpus.is_empty() {
            corpus.extend(std::env::var_os("GROUNDPLAN_CORPUS").map(PathBuf::from));
        }
        if corpus.is_empty() {
            bail!("no corpus is named; {USAGE}");
        }
        if let Some(other) = corpus.iter().find(|it| !it.is_dir()) {
            bail!("{} is no folder; {USAGE}", other.display());
        }
        Ok(Self { corpus, details })
    }
}

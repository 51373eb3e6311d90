//! Options of `cargo xtask judged`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

/// What `--help` says.
pub(super) const USAGE: &str = "\
usage: cargo xtask judged --corpus FOLDER [--sample NUMBER [--seed NUMBER]]
  --corpus FOLDER   where the judged documents lie; or GROUNDPLAN_CORPUS
  --sample NUMBER   draw so many findings at random of those that nobody has judged
  --seed NUMBER     another draw; 1 if not given";

/// Where the documents are, and what to draw.
pub(super) struct Options {
    /// The folder that the documents' paths begin in.
    pub(super) corpus: PathBuf,
    /// The folder of the verdicts.
    pub(super) verdicts: PathBuf,
    /// How many findings to draw.
    pub(super) sample: Option<usize>,
    pub(super) seed: u64,
}

impl Options {
    pub(super) fn parse(args: &[String]) -> Result<Self> {
        let mut corpus = std::env::var_os("GROUNDPLAN_CORPUS").map(PathBuf::from);
        let (mut sample, mut seed) = (None, 1);
        let mut args = args.iter();
        while let Some(name) = args.next() {
            let value = args.next().with_context(|| format!("{name}: no value; {USAGE}"))?;
            let number =
                || value.parse().with_context(|| format!("{name}: `{value}` is no number"));
            match name.as_str() {
                "--corpus" => corpus = Some(value.into()),
                "--sample" => sample = Some(usize::try_from(number()?)?),
                "--seed" => seed = number()?,
                _ => bail!("`{name}` is not an option; {USAGE}"),
            }
        }
        let Some(corpus) = corpus.filter(|it| it.is_dir()) else {
            bail!("no folder of documents is given, or it is none; {USAGE}");
        };
        let verdicts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/judged");
        Ok(Self { corpus, verdicts, sample, seed })
    }
}

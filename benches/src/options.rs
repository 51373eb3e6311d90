//! Options of `cargo xtask bench`.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

const USAGE: &str = "usage: cargo xtask bench [--documents N] [--rounds N] [--seconds S] \
                     [--only documents|check|service] [--corpus FOLDER] [--json FILE]";

/// What to measure, and for how long.
pub(crate) struct Options {
    /// How many documents `check` reads.
    pub(crate) documents: usize,
    /// A folder of real documents that `inspect` reads as well.
    pub(crate) corpus: Option<PathBuf>,
    /// How often the two sides of a ratio take turns.
    pub(crate) rounds: usize,
    /// How long each side is asked in a round of the service.
    pub(crate) seconds: f64,
    /// Where to write the figures for programs.
    pub(crate) json: Option<PathBuf>,
    only: Option<String>,
}

impl Options {
    pub(crate) fn parse(args: &[String]) -> Result<Self> {
        let mut options = Self {
            documents: 1_000,
            corpus: None,
            rounds: 5,
            seconds: 1.5,
            json: None,
            only: None,
        };
        let mut args = args.iter();
        while let Some(name) = args.next() {
            let value =
                || args.clone().next().with_context(|| format!("{name}: no value; {USAGE}"));
            match name.as_str() {
                "--documents" => options.documents = number(name, value()?)?,
                "--corpus" => options.corpus = Some(value()?.into()),
                "--rounds" => options.rounds = number(name, value()?)?,
                "--seconds" => options.seconds = number(name, value()?)?,
                "--json" => options.json = Some(value()?.into()),
                "--only" => options.only = Some(group(value()?)?),
                "--help" | "-h" => bail!("{USAGE}"),
                _ => bail!("`{name}` is not an option; {USAGE}"),
            }
            args.next();
        }
        options.check()
    }

    /// Whether the group of benches named `group` is asked for.
    pub(crate) fn runs(&self, group: &str) -> bool {
        self.only.as_deref().is_none_or(|only| only == group)
    }

    fn check(self) -> Result<Self> {
        let is_time = (0.1..=60.0).contains(&self.seconds);
        if self.documents == 0 || self.rounds == 0 || !is_time {
            bail!("--documents and --rounds begin at 1, --seconds lies between 0.1 and 60");
        }
        Ok(self)
    }
}

fn number<T: std::str::FromStr>(name: &str, value: &str) -> Result<T> {
    value.parse().ok().with_context(|| format!("{name}: `{value}` is not a number; {USAGE}"))
}

fn group(value: &str) -> Result<String> {
    match value {
        "documents" | "check" | "service" => Ok(value.to_owned()),
        _ => bail!("--only: `{value}` is no group of benches; {USAGE}"),
    }
}

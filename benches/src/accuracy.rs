//! How well real documents are read: precision and recall of each kind of fact, against hand-made
//! expectations.
//!
//! The expectations in `tests/accuracy/` are facts and line numbers; the documents themselves are
//! not part of the repository and lie in a corpus folder. `cargo xtask accuracy` runs this.

mod compare;
mod expected;
mod facts;
mod options;
mod report;

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};
use groundplan_model::{Document, lower};
use groundplan_syntax::{Source, parse};
use rayon::prelude::*;

use compare::Tally;
use expected::Expected;
use options::Options;
use report::Report;

/// What was read of one document, in the order of [`facts::ALL`].
struct Outcome {
    path: String,
    tallies: Vec<Tally>,
}

/// `accuracy --corpus FOLDER`
pub(crate) fn run(args: &[String]) -> Result<()> {
    if args.iter().any(|it| it == "--help" || it == "-h") {
        println!("{}", options::USAGE);
        return Ok(());
    }
    let options = Options::parse(args)?;
    let expectations = expected::load(&options)?;
    let read: Vec<Option<Outcome>> =
        expectations.par_iter().map(|it| judge(&options.corpus, it)).collect();
    let pairs = expectations.iter().zip(&read);
    let absent: Vec<&str> =
        pairs.filter(|(_, it)| it.is_none()).map(|(it, _)| it.document.as_str()).collect();
    if absent.len() == expectations.len() {
        bail!(
            "{} has none of the {} documents; `--corpus` must name the folder that their paths \
             begin in, such as that of `{}`",
            options.corpus.display(),
            expectations.len(),
            absent.first().unwrap_or(&"")
        );
    }
    let report = Report { absent, outcomes: read.iter().flatten().collect() };
    print!("{report}");
    for kind in &options.details {
        print!("{}", report.details(kind));
    }
    options.json.as_deref().map_or(Ok(()), |path| report.write_json(path))
}

/// Reads a document and compares; `None` where the corpus has no such file.
fn judge(corpus: &Path, expected: &Expected) -> Option<Outcome> {
    let document = read(corpus, &expected.document)?;
    let tallies = facts::ALL.iter().map(|kind| (kind.judge)(expected, &document)).collect();
    Some(Outcome { path: expected.document.clone(), tallies })
}

fn read(corpus: &Path, path: &str) -> Option<Document> {
    let bytes = fs::read(corpus.join(path)).ok()?;
    let source = Source::from_bytes(path, bytes);
    let tree = parse(&source);
    Some(lower(&source, &tree))
}

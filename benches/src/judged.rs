//! How true the findings are: what `check` says of real documents, against verdicts by hand.
//!
//! The verdicts in `tests/judged/` are places and a yes or no; the documents themselves are not
//! part of the repository and lie in a corpus folder. `cargo xtask judged` runs this.

mod findings;
mod options;
mod report;
mod sample;
mod verdicts;

use anyhow::{Result, bail};

use options::Options;
use report::Report;

/// Percent of the judged findings that must be true.
const GOAL: f64 = 95.0;

/// `judged --corpus FOLDER`
pub(crate) fn run(args: &[String]) -> Result<()> {
    if args.iter().any(|it| it == "--help" || it == "-h") {
        println!("{}", options::USAGE);
        return Ok(());
    }
    let options = Options::parse(args)?;
    let mut verdicts = verdicts::load(&options.verdicts)?;
    let all = verdicts.len();
    verdicts.retain(|place, _| options.corpus.join(&place.document).is_file());
    let findings = findings::of(&options.corpus)?;
    let report = Report::new(&findings, &verdicts);
    print!("{report}");
    println!("{} verdicts are about documents outside the corpus", all - verdicts.len());
    if let Some(number) = options.sample {
        print!("{}", sample::drawn(&findings, &verdicts, number, options.seed));
    }
    match report.precision() {
        Some(percent) if percent < GOAL => {
            bail!("{percent:.1} % of the judged findings are true, and {GOAL} % must be")
        }
        _ => Ok(()),
    }
}

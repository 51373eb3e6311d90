//! `groundplan check` on many documents against a bare parallel parse of the same files.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

use crate::corpus;
use crate::folder::{Folder, sibling};
use crate::options::Options;
use crate::report::{Line, Report};
use crate::rounds::Rounds;

pub(crate) fn bench(options: &Options, report: &mut Report) -> Result<()> {
    let folder = Folder::new("documents")?;
    let bytes = corpus::write(folder.path(), options.documents)?;
    eprintln!(
        "check: {} documents, {} KB each",
        options.documents,
        bytes / options.documents / 1000
    );
    let mut check = check(&sibling("groundplan")?, folder.path());
    let mut walk = walk(folder.path())?;
    let (mut ours, mut theirs) = (Rounds::default(), Rounds::default());
    // The first turn only fills the page cache.
    time(&mut check)?;
    time(&mut walk)?;
    for _ in 0..options.rounds.max(5) {
        ours.push(time(&mut check)?);
        theirs.push(time(&mut walk)?);
    }
    report.add(Line { name: "check", unit: "ms a run", more_is_better: false, ours, theirs });
    report.note(format!(
        "check: `groundplan check` on {} generated documents of {} KB on average against reading \
         and parsing the same files with pulldown-cmark on every core and keeping nothing.",
        options.documents,
        bytes / options.documents / 1000
    ));
    Ok(())
}

fn check(groundplan: &Path, folder: &Path) -> Command {
    let mut command = Command::new(groundplan);
    command.args(["check", "--exit-zero"]).arg(folder);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn walk(folder: &Path) -> Result<Command> {
    let own = std::env::current_exe().context("this program does not know where it is")?;
    let mut command = Command::new(own);
    command.arg("walk").arg(folder).stdout(Stdio::null());
    Ok(command)
}

/// How many milliseconds `command` takes.
fn time(command: &mut Command) -> Result<f64> {
    let start = Instant::now();
    let status = command.status().with_context(|| format!("cannot start {command:?}"))?;
    let elapsed = start.elapsed();
    if !status.success() {
        bail!("{command:?}: {status}");
    }
    Ok(elapsed.as_secs_f64() * 1e3)
}

//! `groundplan check` on many documents against a bare parallel parse of the same files.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

use crate::corpus;
use crate::cpu;
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
    let (mut ours, mut theirs) = (Figures::default(), Figures::default());
    // The first turn only fills the page cache.
    Figures::default().add(&mut check)?;
    Figures::default().add(&mut walk)?;
    for _ in 0..options.rounds.max(5) {
        ours.add(&mut check)?;
        theirs.add(&mut walk)?;
    }
    add_lines(report, ours, theirs);
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

fn add_lines(report: &mut Report, ours: Figures, theirs: Figures) {
    let line =
        |name, ours, theirs| Line { name, unit: "ms a run", more_is_better: false, ours, theirs };
    report.add(line("check", ours.wall_ms, theirs.wall_ms));
    if ours.cpu_ms.summary().median.is_finite() {
        report.add(line("check, CPU", ours.cpu_ms, theirs.cpu_ms));
    }
}

/// What the runs of one side took, on the clock and of the processors.
#[derive(Default)]
struct Figures {
    wall_ms: Rounds,
    cpu_ms: Rounds,
}

impl Figures {
    fn add(&mut self, command: &mut Command) -> Result<()> {
        let before = cpu::children_seconds();
        let start = Instant::now();
        let status = command.status().with_context(|| format!("cannot start {command:?}"))?;
        self.wall_ms.push(start.elapsed().as_secs_f64() * 1e3);
        if !status.success() {
            bail!("{command:?}: {status}");
        }
        if let (Some(before), Some(after)) = (before, cpu::children_seconds()) {
            self.cpu_ms.push((after - before) * 1e3);
        }
        Ok(())
    }
}

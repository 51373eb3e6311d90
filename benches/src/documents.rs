//! `groundplan check` and `groundplan inspect` on many documents against a bare parallel parse of the
//! same files.

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

/// A command of Groundplan, and the names of its lines: on the clock and of the processors.
struct Side {
    args: &'static [&'static str],
    wall: &'static str,
    cpu: &'static str,
}

const CHECK: Side =
    Side { args: &["check", "--exit-zero", "--no-cache"], wall: "check", cpu: "check, CPU" };
const INSPECT: Side =
    Side { args: &["inspect", "--format", "json"], wall: "inspect", cpu: "inspect, CPU" };
const CORPUS: Side = Side {
    args: &["inspect", "--format", "json"],
    wall: "inspect, corpus",
    cpu: "inspect, corpus, CPU",
};

pub(crate) fn bench(options: &Options, report: &mut Report) -> Result<()> {
    let folder = Folder::new("documents")?;
    let bytes = corpus::write(folder.path(), options.documents)?;
    let size = bytes / options.documents / 1000;
    eprintln!("check, inspect: {} documents, {size} KB each", options.documents);
    measure(options, folder.path(), &[CHECK, INSPECT], report)?;
    report.note(format!(
        "check, inspect: `groundplan check --no-cache` and `groundplan inspect --format json` on {} generated \
         documents of {size} KB on average against reading and parsing the same files with \
         pulldown-cmark on every core and keeping nothing.",
        options.documents,
    ));
    if let Some(corpus) = &options.corpus {
        eprintln!("inspect: {}", corpus.display());
        measure(options, corpus, &[CORPUS], report)?;
        report.note(format!("inspect, corpus: the same on {}.", corpus.display()));
    }
    Ok(())
}

/// Lets the commands and the bare parse take turns on `folder`.
fn measure(options: &Options, folder: &Path, sides: &[Side], report: &mut Report) -> Result<()> {
    let mut walk = walk(folder)?;
    for side in sides {
        let mut command = command(side, folder)?;
        let (mut ours, mut theirs) = (Figures::default(), Figures::default());
        // The first turn only fills the page cache.
        Figures::default().add(&mut command)?;
        Figures::default().add(&mut walk)?;
        for _ in 0..options.rounds.max(5) {
            ours.add(&mut command)?;
            theirs.add(&mut walk)?;
        }
        add_lines(report, side, ours, theirs);
    }
    Ok(())
}

fn command(side: &Side, folder: &Path) -> Result<Command> {
    let mut command = Command::new(sibling("groundplan")?);
    command.args(side.args).arg(folder);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    Ok(command)
}

fn walk(folder: &Path) -> Result<Command> {
    let own = std::env::current_exe().context("this program does not know where it is")?;
    let mut command = Command::new(own);
    command.arg("walk").arg(folder).stdout(Stdio::null());
    Ok(command)
}

fn add_lines(report: &mut Report, side: &Side, ours: Figures, theirs: Figures) {
    let line = |name: &str, ours, theirs| Line {
        name: name.to_owned(),
        unit: "ms a run",
        more_is_better: false,
        ours,
        theirs,
    };
    report.add(line(side.wall, ours.wall_ms, theirs.wall_ms));
    if ours.cpu_ms.summary().median.is_finite() {
        report.add(line(side.cpu, ours.cpu_ms, theirs.cpu_ms));
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

//! `groundplan check` of a growing workspace: read for the first time, unchanged, and with one edit;
//! against a bare parallel parse of the same files, and against rumdl where it is installed.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::corpus;
use crate::folder::{Folder, sibling};
use crate::options::Options;
use crate::report::{Line, Report};
use crate::rounds::Rounds;

/// One way to check so many documents.
struct Case {
    documents: usize,
    state: State,
    /// The line of its time, and that of its memory.
    time: &'static str,
    memory: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing is remembered.
    Cold,
    /// Nothing changed since the run before.
    Warm,
    /// One document changed since.
    Edited,
}

const fn case(documents: usize, state: State, time: &'static str, memory: &'static str) -> Case {
    Case { documents, state, time, memory }
}

static CASES: &[Case] = &[
    case(100, State::Cold, "100 cold", "100 cold, memory"),
    case(100, State::Warm, "100 warm", "100 warm, memory"),
    case(100, State::Edited, "100 one edit", "100 one edit, memory"),
    case(1_000, State::Cold, "1,000 cold", "1,000 cold, memory"),
    case(1_000, State::Warm, "1,000 warm", "1,000 warm, memory"),
    case(1_000, State::Edited, "1,000 one edit", "1,000 one edit, memory"),
    case(10_000, State::Cold, "10,000 cold", "10,000 cold, memory"),
    case(10_000, State::Warm, "10,000 warm", "10,000 warm, memory"),
    case(10_000, State::Edited, "10,000 one edit", "10,000 one edit, memory"),
];

/// How many documents are checked beside rumdl.
const BESIDE_RUMDL: usize = 1_000;

/// How long files have to lie before their dates alone are trusted.
const SETTLED: Duration = Duration::from_secs(3);

/// Between two looks at the memory of a program.
const LOOK: Duration = Duration::from_millis(2);

pub(crate) fn bench(options: &Options, report: &mut Report) -> Result<()> {
    for cases in CASES.chunk_by(|one, other| one.documents == other.documents) {
        let documents = cases.first().map_or(0, |it| it.documents);
        eprintln!("check: {documents} documents");
        let folder = Folder::new("check")?;
        corpus::write(folder.path(), documents)?;
        std::thread::sleep(SETTLED);
        for case in cases {
            measure(case, folder.path(), options.rounds, report)?;
        }
        if documents == BESIDE_RUMDL {
            beside_rumdl(folder.path(), options.rounds, report)?;
        }
    }
    report.note(
        "N cold, warm, one edit: `groundplan check --statistics` on N generated documents against \
         reading and parsing the same files with pulldown-cmark on every core and keeping nothing; \
         memory is the peak of the resident set."
            .to_owned(),
    );
    Ok(())
}

/// Lets the two sides take turns.
fn measure(case: &Case, folder: &Path, rounds: usize, report: &mut Report) -> Result<()> {
    let (mut ours, mut theirs) = (check(folder, case.state)?, walk(folder)?);
    let (mut own, mut bare) = (Figures::default(), Figures::default());
    // The first turns fill the page cache, and what the program keeps.
    Figures::default().add(&mut ours)?;
    Figures::default().add(&mut theirs)?;
    for round in 0..rounds {
        if case.state == State::Edited {
            edit(folder, round)?;
        }
        own.add(&mut ours)?;
        bare.add(&mut theirs)?;
    }
    add(report, case.time, "ms a run", own.wall_ms, bare.wall_ms);
    add(report, case.memory, "MB", own.peak_mb, bare.peak_mb);
    Ok(())
}

/// The two look for different things: this tells no more than the order of size.
fn beside_rumdl(folder: &Path, rounds: usize, report: &mut Report) -> Result<()> {
    let version = Command::new("rumdl").arg("--version").stdout(Stdio::null()).status();
    if version.is_err() {
        eprintln!("check: NOT beside rumdl, which is not on the path; `pip install rumdl`");
        return Ok(());
    }
    let mut ours = check(folder, State::Cold)?;
    let mut theirs = quiet("rumdl".as_ref(), folder);
    theirs.args(["check", "--no-cache", "."]);
    let (mut own, mut other) = (Figures::default(), Figures::default());
    for _ in 0..rounds {
        own.add(&mut ours)?;
        other.add(&mut theirs)?;
    }
    add(report, "1,000 beside rumdl", "ms a run", own.wall_ms, other.wall_ms);
    add(report, "1,000 beside rumdl, memory", "MB", own.peak_mb, other.peak_mb);
    Ok(())
}

fn add(report: &mut Report, name: &'static str, unit: &'static str, ours: Rounds, theirs: Rounds) {
    if ours.summary().median.is_finite() {
        let name = name.to_owned();
        report.add(Line { name, unit, more_is_better: false, ours, theirs });
    }
}

fn check(folder: &Path, state: State) -> Result<Command> {
    let mut command = quiet(&sibling("groundplan")?, folder);
    command.args(["check", "--statistics", "--exit-zero", "."]);
    if state == State::Cold {
        command.arg("--no-cache");
    }
    Ok(command)
}

fn walk(folder: &Path) -> Result<Command> {
    let own = std::env::current_exe().context("this program does not know where it is")?;
    let mut command = quiet(&own, folder);
    command.args(["walk", "."]);
    Ok(command)
}

fn quiet(program: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Adds a sentence to the first document.
fn edit(folder: &Path, round: usize) -> Result<()> {
    let path = first(folder)?;
    let text = std::fs::read_to_string(&path)?;
    std::fs::write(&path, format!("{text}\nEdit {round}.\n"))?;
    Ok(())
}

/// A Markdown file of the folder, the same each time.
fn first(folder: &Path) -> Result<PathBuf> {
    let entries = ignore::WalkBuilder::new(folder).sort_by_file_name(Ord::cmp).build();
    let mut paths = entries.filter_map(Result::ok).map(ignore::DirEntry::into_path);
    let found = paths.find(|path| path.extension().is_some_and(|it| it == "md"));
    found.context("there is no document")
}

/// What the runs of one side took.
#[derive(Default)]
struct Figures {
    wall_ms: Rounds,
    peak_mb: Rounds,
}

impl Figures {
    fn add(&mut self, command: &mut Command) -> Result<()> {
        let start = Instant::now();
        let mut child = command.spawn().with_context(|| format!("cannot start {command:?}"))?;
        let peak_mb = peak_mb(&mut child)?;
        let status = child.wait()?;
        self.wall_ms.push(start.elapsed().as_secs_f64() * 1e3);
        // A linter that finds something ends with 1.
        if status.code().is_none_or(|code| code > 1) {
            bail!("{command:?}: {status}");
        }
        self.peak_mb.push(peak_mb.unwrap_or(f64::NAN));
        Ok(())
    }
}

/// The largest resident set that was seen while the program ran, where the system tells (Linux).
fn peak_mb(child: &mut Child) -> Result<Option<f64>> {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    while child.try_wait()?.is_none() {
        peak = high_water_mb(&status).or(peak);
        std::thread::sleep(LOOK);
    }
    Ok(peak)
}

fn high_water_mb(status: &str) -> Option<f64> {
    let text = std::fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes / 1024.0)
}

//! `groundplan tasks`: the task list that documents imply, and working through one.

mod done;
mod list;
mod next;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use groundplan_analysis::tasks::{Coverage, Facts, Request, Style, Update, update, write};
use groundplan_model::chain::Chains;
use groundplan_model::profile::Kind;
use groundplan_model::{Document, paths};

use super::{Outcome, Run, Ui};
use crate::date::DateOption;
use crate::disk::{self, printed, workspace_root};
use crate::exit::{Exit, Failure};
use crate::load::{Loaded, load, tell};

/// Derive the task list of a design, or work through one
///
/// Every requirement, criterion, endpoint, table, error answer, target and open question that the
/// documents state gets a task that covers it. A list that is there already is brought up to date:
/// boxes, ids and words that people wrote stay, new tasks come at the end of their group, and what
/// no document asks for any more is struck out.
#[derive(clap::Parser)]
#[command(name = "tasks", args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Tasks {
    #[command(subcommand)]
    action: Option<Action>,

    /// The design, or the implementation document. Further documents are read with it; if none is
    /// given, the others of its chain
    #[arg(required = true, value_name = "DOCUMENT")]
    documents: Vec<PathBuf>,

    /// Where the list is written, `-` for standard output [default: beside the design, by the
    /// family's custom]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The form of the list [default: the one of the design's family]
    #[arg(long, value_name = "STYLE")]
    style: Option<Form>,

    /// Show what would be written, write nothing
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    date: DateOption,
}

/// What to do with a list.
#[derive(clap::Subcommand)]
enum Action {
    Next(next::Next),
    Done(done::Done),
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Form {
    /// `1.0`, `1.1` in nested lists
    Xcc,
    /// `T001 [P] [US1]` in phases
    Speckit,
    /// `1.1` with `_Requirements: …_`
    Kiro,
}

impl From<Form> for Style {
    fn from(form: Form) -> Self {
        match form {
            Form::Xcc => Self::Xcc,
            Form::Speckit => Self::SpecKit,
            Form::Kiro => Self::Kiro,
        }
    }
}

impl Run for Tasks {
    const EXAMPLES: &[(&str, &str)] = &[
        ("tasks docs/001_TDD-data-export.md", "write or update the list beside the design"),
        ("tasks design.md --dry-run", "show what would change"),
        ("tasks next", "the next open task of every list"),
        ("tasks done 2.1", "tick a task once its files are there"),
    ];

    fn run(mut self, ui: &mut Ui) -> Outcome {
        match self.action {
            Some(Action::Next(next)) => next.run(ui),
            Some(Action::Done(done)) => done.run(ui),
            None => {
                let output = self.output.iter_mut().filter(|it| !disk::is_stdin(it));
                alike(self.documents.iter_mut().chain(output));
                self.derive(ui)
            }
        }
    }
}

/// Writes paths in one way, so that a link from one to another can be made: from the folder that the
/// program was started in where all lie below it, else from the root.
fn alike<'a>(paths: impl Iterator<Item = &'a mut PathBuf>) {
    let mut paths: Vec<&mut PathBuf> = paths.collect();
    let Ok(here) = std::env::current_dir() else { return };
    for path in &mut paths {
        if let Ok(inside) = path.strip_prefix(&here) {
            **path = inside.to_owned();
        }
    }
    if paths.iter().any(|it| it.is_absolute()) {
        paths.into_iter().for_each(|it| *it = here.join(&*it));
    }
}

impl Tasks {
    fn derive(&self, ui: &mut Ui) -> Outcome {
        let (loaded, chosen) = self.read()?;
        let documents: Vec<&Document> =
            chosen.iter().filter_map(|it| loaded.documents.get(*it)).collect();
        let Some(design) = documents.first().copied() else { return Ok(Exit::Failed) };
        let to_stdout = self.output.as_deref().is_some_and(disk::is_stdin);
        let path = self.path(design);
        let style = self
            .style
            .map_or_else(|| Style::of_profile(&design.classification.profile), Style::from);
        let date = self.date.date()?;
        let request = Request { path: &printed(&path), style, date: &date };
        let facts = Facts::of(&documents);
        let exit = match list_at(&path, &loaded, to_stdout)? {
            Some(list) => self.bring_up(&facts, &request, &list, &path, ui)?,
            None => self.write_new(&facts, &request, &path, to_stdout, ui)?,
        };
        Ok(tell(loaded.failures, ui)?.or(exit))
    }

    /// The documents, and which of them the list is derived from: the design first.
    fn read(&self) -> Result<(Loaded, Vec<usize>), Failure> {
        let first = self.documents.first().cloned().unwrap_or_default();
        if first.is_dir() {
            return Err(Failure::new(
                format!("`{}` is a folder", printed(&first)),
                "name the design that the tasks are for",
            ));
        }
        let alone = load(&self.documents, None)?;
        if self.documents.len() > 1 || !alone.failures.is_empty() {
            let chosen = self.documents.iter().filter_map(|it| index_of(&alone, it)).collect();
            return Ok((alone, chosen));
        }
        let mut root = workspace_root(&disk::parent(&first));
        if first.is_absolute() {
            root = std::path::absolute(&root).unwrap_or(root);
        }
        let all = load(&[root], None)?;
        let Some(design) = index_of(&all, &first) else {
            return Ok((alone, vec![0]));
        };
        let mut chosen = vec![design];
        if let Some(chain) = Chains::of(&all.documents).chain_of(design) {
            let others = chain.members.iter().map(|it| it.index).filter(|it| *it != design);
            chosen.extend(others.filter(|it| is_source(&all, *it)));
        }
        Ok((all, chosen))
    }

    fn path(&self, design: &Document) -> PathBuf {
        match &self.output {
            Some(output) if !disk::is_stdin(output) => output.clone(),
            _ => beside(design),
        }
    }

    fn write_new(
        &self,
        facts: &Facts<'_>,
        request: &Request<'_>,
        path: &Path,
        to_stdout: bool,
        ui: &mut Ui,
    ) -> Outcome {
        let text = write(facts, request);
        if self.dry_run || to_stdout {
            ui.print(&text)?;
            return Ok(Exit::Clean);
        }
        store(path, &text)?;
        let (count, stated) = (text.matches("- [ ] ").count(), facts.all.len());
        ui.print(&format!(
            "wrote {}: {count} boxes for {stated} stated facts of {}\n",
            printed(path),
            counted(facts.documents.len())
        ))?;
        Ok(Exit::Clean)
    }

    fn bring_up(
        &self,
        facts: &Facts<'_>,
        request: &Request<'_>,
        list: &Document,
        path: &Path,
        ui: &mut Ui,
    ) -> Outcome {
        let shown = printed(path);
        let made = update(facts, request, list).ok_or_else(|| {
            Failure::new(
                format!("`{shown}` is there, and it was not derived: nothing is overwritten"),
                "name another file with `--output`, and take over by hand what you need",
            )
        })?;
        let update = made.map_err(|conflict| {
            let line = list.source.line(conflict.span.start as usize);
            Failure::new(
                format!("{shown}:{line}: two changes meet here, so nothing is written"),
                "restore the comment at the list's end, or derive a new list with `--output`",
            )
        })?;
        if !self.dry_run && update.text != list.source.text() {
            store(path, &update.text)?;
        }
        ui.print(&report(&shown, &update, update.text == list.source.text(), self.dry_run))?;
        Ok(Exit::of_findings(!update.conflicts.is_empty()))
    }
}

fn index_of(loaded: &Loaded, path: &Path) -> Option<usize> {
    let wanted = std::fs::canonicalize(path).ok()?;
    let is_it = |it: &Document| {
        let place = loaded.place(it.source.path());
        place.and_then(|it| std::fs::canonicalize(&it.path).ok()).as_ref() == Some(&wanted)
    };
    loaded.documents.iter().position(is_it)
}

/// Whether tasks follow from a document of the chain.
fn is_source(loaded: &Loaded, index: usize) -> bool {
    loaded.documents.get(index).is_some_and(|it| {
        matches!(
            it.classification.kind,
            Kind::Prd
                | Kind::Requirements
                | Kind::Specification
                | Kind::TechnicalDesign
                | Kind::ImplementationDocument
                | Kind::DataModel
        )
    })
}

/// Where a family puts the list of a design.
fn beside(design: &Document) -> PathBuf {
    let path = design.source.path();
    let name = paths::file_name(path);
    let marks = [("FTDD", "FTASKS"), ("FTID", "FTASKS"), ("TDD", "TASKS"), ("TID", "TASKS")];
    let renamed = marks.iter().find_map(|(from, to)| {
        let at = name.find(&format!("_{from}"))? + 1;
        Some(format!("{}{to}{}", name.get(..at)?, name.get(at + from.len()..)?))
    });
    let stem = name.strip_suffix(".md").unwrap_or(name);
    let own = match stem {
        "design" | "plan" | "spec" => "tasks.md".to_owned(),
        _ => format!("{stem}-tasks.md"),
    };
    Path::new(paths::folder(path)).join(renamed.unwrap_or(own))
}

/// The list that is there.
fn list_at(path: &Path, loaded: &Loaded, to_stdout: bool) -> Result<Option<Document>, Failure> {
    if to_stdout || !path.exists() {
        return Ok(None);
    }
    let place = disk::Place { path: path.to_owned(), name: printed(path) };
    Ok(Some(loaded.reread(&disk::read(&place)?)))
}

fn store(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = disk::parent(path);
    let written = std::fs::create_dir_all(&folder).and_then(|()| disk::write(path, text));
    written.map_err(|error| {
        let doing = format!("cannot write `{}`", printed(path));
        Failure::io(doing, &error, "make its folder writable, or name another file with `--output`")
    })
}

fn report(path: &str, update: &Update, is_current: bool, is_dry: bool) -> String {
    let mut text = match (is_current, is_dry) {
        (true, _) => format!("{path} is up to date\n"),
        (false, true) => format!("{path} would change\n"),
        (false, false) => format!("brought {path} up to date\n"),
    };
    for added in &update.added {
        let _ = writeln!(text, "  new       {added}");
    }
    let lists = [
        ("reworded", &update.changed),
        ("struck", &update.struck),
        ("left", &update.left),
        ("conflict", &update.conflicts),
    ];
    for (what, ids) in lists.iter().filter(|(_, ids)| !ids.is_empty()) {
        let _ = writeln!(text, "  {what:<9} {}", ids.join(", "));
    }
    if !update.conflicts.is_empty() {
        text.push_str("  Both you and the documents changed these tasks. Your words stay; the comment below each says what the documents say now.\n");
    }
    text.push_str(&audit(&update.coverage));
    text
}

fn counted(documents: usize) -> String {
    format!("{documents} document{}", if documents == 1 { "" } else { "s" })
}

fn audit(coverage: &[Coverage]) -> String {
    let line = |it: &Coverage| format!("{} {}/{}", it.kind.as_str(), it.covered, it.all);
    let parts: Vec<String> = coverage.iter().map(line).collect();
    format!("  covered   {}\n", parts.join(", "))
}

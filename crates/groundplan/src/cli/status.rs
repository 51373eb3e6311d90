//! `groundplan status`: every chain of documents, and where each of them stands.

mod inventory;
mod json;
mod markdown;
mod text;

use std::collections::HashMap;
use std::path::PathBuf;

use groundplan_analysis::board::Board;
use groundplan_model::{Document, Workspace};

use super::{Outcome, Run, Ui};
use crate::disk::{Files, parent, path_within, printed};
use crate::exit::{Exit, Failure};
use crate::git::Git;
use crate::load::{Loaded, load, tell};
use inventory::Inventory;

/// Show every chain of documents, and where each of them stands
///
/// A chain is the documents of one feature, from the requirements to the tasks: told by number and
/// name of their files, by a folder of their own, by what they were made from and by what their
/// header links to. For each document: its state, its boxes, open questions and placeholders, the
/// day of its last commit, what it rests on that changed since, and which approval is void.
#[derive(clap::Parser)]
#[command(name = "status")]
pub(crate) struct Status {
    /// Documents, or folders of them
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// `text` for people, `json` for programs, `markdown` for a document
    #[arg(alias = "output-format", long, value_name = "FORMAT", default_value = "text")]
    format: Shape,

    /// Also list documents that are of no chain and are no decision records
    #[arg(long)]
    all: bool,

    /// Write the inventory into a Markdown file, between the lines `<!-- groundplan status -->` and
    /// `<!-- /groundplan status -->`
    #[arg(long, value_name = "FILE", conflicts_with = "format")]
    write: Option<PathBuf>,

    /// Write nothing; end with 1 where the inventory of --write is not current, where a document is
    /// stale, or where an approval is void
    #[arg(long)]
    check: bool,
}

/// The form of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Shape {
    /// A block a chain.
    Text,
    /// One JSON document.
    Json,
    /// A table.
    Markdown,
}

/// A board with what only the disk knows.
struct View<'a> {
    board: &'a Board<'a>,
    /// Days of the last commits, by the documents' names.
    committed: &'a HashMap<String, String>,
    /// Whether to list notes, too.
    all: bool,
    styled: bool,
}

impl Run for Status {
    const EXAMPLES: &[(&str, &str)] = &[
        ("status", "everything under this folder"),
        ("status docs --format json | jq '.chains[].name'", "for programs"),
        ("status docs --write AGENT.md", "keep an inventory in a file of yours"),
        ("status docs --write AGENT.md --check", "for CI: is it current, is nothing stale?"),
    ];

    fn run(self, ui: &mut Ui) -> Outcome {
        let mut loaded = load(&self.paths, None)?;
        let inventory = self.write.as_deref().map(Inventory::read).transpose()?;
        if let Some(inventory) = &inventory {
            // An inventory that counted itself would change by being written.
            loaded.leave_out(&inventory.path);
        }
        let committed = committed(&loaded);
        let approvals = loaded.approvals()?;
        let files = Files::default();
        let workspace = Workspace::new(loaded.documents, &files).with_approvals(approvals);
        let board = Board::new(&workspace);
        let view =
            View { board: &board, committed: &committed, all: self.all, styled: ui.styled() };
        let exit = match &inventory {
            Some(inventory) => self.keep(inventory, &view, ui)?,
            None => self.show(&view, ui)?,
        };
        Ok(tell(loaded.failures, ui)?.or(exit))
    }
}

impl Status {
    fn show(&self, view: &View<'_>, ui: &mut Ui) -> Result<Exit, Failure> {
        ui.print(&match self.format {
            Shape::Text if self.check => text::behind(view),
            Shape::Text => text::board(view),
            Shape::Json => json::board(view),
            Shape::Markdown => markdown::board(view, ""),
        })?;
        Ok(self.exit(view))
    }

    /// Brings the inventory up to date, or says whether it is.
    fn keep(&self, inventory: &Inventory, view: &View<'_>, ui: &mut Ui) -> Result<Exit, Failure> {
        let name = printed(&inventory.path);
        let text = inventory.with(&markdown::board(view, &name));
        let is_current = text == inventory.text;
        if self.check {
            ui.print(&text::behind(view))?;
            if !is_current {
                ui.print(&format!(
                    "The inventory in `{name}` is not current: run the same command without \
                     --check.\n"
                ))?;
            }
            return Ok(self.exit(view).or(Exit::of_findings(!is_current)));
        }
        if is_current {
            ui.print(&format!("The inventory in `{name}` is current.\n"))?;
            return Ok(Exit::Clean);
        }
        inventory.write(&text)?;
        ui.print(&format!("Wrote the inventory in `{name}`: {}", text::summary(view)))?;
        Ok(Exit::Clean)
    }

    fn exit(&self, view: &View<'_>) -> Exit {
        let is_behind = view.board.documents().any(|it| it.is_behind());
        Exit::of_findings(self.check && is_behind)
    }
}

/// The days of the last commits of all documents; none outside of a repository.
fn committed(loaded: &Loaded) -> HashMap<String, String> {
    let place = |document: &Document| loaded.place(document.source.path());
    let Some(first) = loaded.documents.iter().find_map(place) else { return HashMap::new() };
    let Some(git) = Git::of(&parent(&first.path)) else { return HashMap::new() };
    let places = loaded.documents.iter().filter_map(place);
    let paths: Vec<(&str, String)> =
        places.map(|it| (it.name.as_str(), printed(&path_within(&git.root, &it.path)))).collect();
    let files: Vec<String> = paths.iter().map(|it| it.1.clone()).collect();
    let days = git.last_commits(&files);
    let day = |(name, path): (&str, String)| Some((name.to_owned(), days.get(&path)?.clone()));
    paths.into_iter().filter_map(day).collect()
}

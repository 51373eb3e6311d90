//! `groundplan tasks next`: what to do now.

use std::fmt::Write as _;
use std::path::PathBuf;

use groundplan_model::Document;
use groundplan_model::document::ChecklistItem;
use groundplan_model::profile::Kind;
use serde_json::{Value, json};

use super::list::{files_of, open};
use crate::cli::inspect::Shape;
use crate::cli::{Outcome, Ui};
use crate::exit::Exit;
use crate::load::{load, tell};
use crate::render::json::{SCHEMA_VERSION, printed};
use crate::ui::{DIM, STRONG, paint, printable};

/// Show the next open task of each list
///
/// Ends with 0 whether or not a task is left; `--format json` gives `null` for a finished list.
#[derive(clap::Args)]
pub(super) struct Next {
    /// Task lists, or folders of them
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// `text` for people, `json` for programs
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Shape,
}

impl Next {
    pub(super) fn run(self, ui: &mut Ui) -> Outcome {
        let loaded = load(&self.paths, None)?;
        let named = |it: &&Document| self.paths.iter().any(|path| path.ends_with(it.source.path()));
        let is_list = |it: &&Document| {
            !it.checklist.is_empty() && (it.classification.kind == Kind::TaskList || named(it))
        };
        let lists: Vec<&Document> = loaded.documents.iter().filter(is_list).collect();
        if lists.is_empty() {
            ui.note("there is no task list here: `groundplan tasks DESIGN` derives one");
        }
        ui.print(&match self.format {
            Shape::Text => lists.iter().map(|it| text(it, ui.styled())).collect(),
            Shape::Json => {
                let lists: Vec<Value> = lists.iter().map(|it| in_json(it)).collect();
                printed(&json!({ "schema_version": SCHEMA_VERSION, "lists": lists }))
            }
        })?;
        tell(loaded.failures, ui).map(|it| it.or(Exit::Clean))
    }
}

fn text(list: &Document, styled: bool) -> String {
    let path = list.source.path();
    let Some(item) = open(list).next() else {
        return format!("{}: every task is done\n", printable(path));
    };
    let place = format!("{path}:{}", line(list, item));
    let left = open(list).count();
    let mut text = format!("{}: {left} open\n", paint(styled, STRONG, &printable(&place)));
    let _ = writeln!(text, "  {}", printable(&item.text.text));
    for file in files_of(list, item) {
        let _ = writeln!(text, "  {}", paint(styled, DIM, &printable(file)));
    }
    text
}

fn line(list: &Document, item: &ChecklistItem) -> usize {
    list.source.line(item.marker.start as usize)
}

fn in_json(list: &Document) -> Value {
    let next = open(list).next().map(|item| {
        json!({
            "id": item.id,
            "text": item.text.text,
            "line": line(list, item),
            "files": files_of(list, item),
        })
    });
    json!({ "path": list.source.path(), "open": open(list).count(), "next": next })
}

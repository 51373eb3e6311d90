//! `groundplan tasks done`: tick a task whose work is there.

use std::path::{Path, PathBuf};

use groundplan_model::Document;
use groundplan_model::document::{ChecklistItem, Mark};
use groundplan_syntax::{Edit, Span, apply};

use super::list::{files_of, is_leaf, open, tests_of};
use super::store;
use crate::cli::{Outcome, Ui};
use crate::disk::{parent, workspace_root};
use crate::exit::{Exit, Failure};
use crate::load::{Loaded, load, tell};

/// Tick a task
///
/// Writes one character. Refuses while a file that the task names does not exist, or a test that it
/// names stands in none of those files.
#[derive(clap::Args)]
pub(super) struct Done {
    /// The task's id: `2.1`, `T012`
    id: String,

    /// Task lists, or folders of them
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// Tick it all the same, and write the reason behind it
    #[arg(long, value_name = "REASON")]
    force: Option<String>,
}

impl Done {
    pub(super) fn run(self, ui: &mut Ui) -> Outcome {
        let loaded = load(&self.paths, None)?;
        let (list, index) = self.find(&loaded)?;
        let Some(item) = list.checklist.get(index) else { return Ok(Exit::Failed) };
        let path = loaded.place(list.source.path()).map_or_else(PathBuf::new, |it| it.path.clone());
        let shown =
            format!("{}:{}", list.source.path(), list.source.line(item.marker.start as usize));
        if item.mark == Mark::Done {
            ui.print(&format!("{shown}: {} is done already\n", self.id))?;
            return Ok(Exit::Clean);
        }
        let missing = missing(list, index, item, &path);
        if let (Some(first), None) = (missing.first(), &self.force) {
            let more = if missing.len() > 1 {
                format!(" (and {} more)", missing.len() - 1)
            } else {
                String::new()
            };
            return Err(Failure::new(
                format!("{shown}: {} cannot be done: {first}{more}", self.id),
                "do it first, or say why it is done all the same: `--force \"REASON\"`",
            ));
        }
        let note = self.force.as_deref().filter(|_| !missing.is_empty());
        store(&path, &ticked(list, item, note)?)?;
        ui.print(&format!("{shown}: {} is done\n", self.id))?;
        if let Some(next) = open(list).find(|it| it.marker != item.marker) {
            ui.print(&format!("next: {}\n", next.text.text))?;
        }
        tell(loaded.failures, ui)
    }

    /// The one task with the id.
    fn find<'a>(&self, loaded: &'a Loaded) -> Result<(&'a Document, usize), Failure> {
        let own = |it: &ChecklistItem| it.id.as_deref() == Some(self.id.as_str());
        let all = loaded.documents.iter().flat_map(|list| {
            let items = list.checklist.iter().enumerate().filter(|(_, it)| own(it));
            items.map(move |(index, _)| (list, index))
        });
        let found: Vec<_> = all.collect();
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(Failure::new(
                format!("no task has the id `{}`", self.id),
                "`groundplan tasks next` shows the open ones; name the list behind the id",
            )),
            [(one, _), (other, _), ..] => Err(Failure::new(
                format!(
                    "`{}` is a task of `{}` and of `{}`",
                    self.id,
                    one.source.path(),
                    other.source.path()
                ),
                "name the list behind the id",
            )),
        }
    }
}

/// What has to be there and is not.
fn missing(list: &Document, index: usize, item: &ChecklistItem, path: &Path) -> Vec<String> {
    let mut missing = Vec::new();
    if !is_leaf(list, index) {
        let depth = item.depth;
        let below = list.checklist.iter().skip(index + 1).take_while(|it| it.depth > depth);
        let open = below.filter(|it| it.mark != Mark::Done && !it.struck);
        let ids: Vec<&str> =
            open.map(|it| it.id.as_deref().unwrap_or("a task without an id")).collect();
        if !ids.is_empty() {
            missing.push(format!("{} below it is open", ids.join(", ")));
        }
    }
    let root = workspace_root(&parent(path));
    let places = |file: &str| [root.join(file), parent(path).join(file), PathBuf::from(file)];
    let files = files_of(list, item);
    for file in &files {
        if !places(file).iter().any(|it| it.exists()) {
            missing.push(format!("`{file}` does not exist"));
        }
    }
    let texts: Vec<String> = files
        .iter()
        .flat_map(|file| places(file))
        .filter_map(|it| std::fs::read_to_string(it).ok())
        .collect();
    for test in tests_of(list, item).into_iter().filter(|_| !files.is_empty()) {
        if !texts.iter().any(|text| text.contains(test)) {
            missing.push(format!("no file that it names holds the test `{test}`"));
        }
    }
    missing
}

/// The list with the box ticked, and the reason behind the item where there is one.
fn ticked(list: &Document, item: &ChecklistItem, note: Option<&str>) -> Result<String, Failure> {
    let (start, end) = (item.marker.start as usize + 1, item.marker.end as usize - 1);
    let mut edits = vec![Edit::replace(Span::new(start, end), "x")];
    if let Some(note) = note {
        let line = list.source.line_of(item.marker.start as usize);
        let reason = note.split_whitespace().collect::<Vec<_>>().join(" ").replace("--", "- -");
        edits.push(Edit::insert(
            line.end as usize,
            format!(" <!-- done without its files: {reason} -->"),
        ));
    }
    apply(list.source.text(), &edits).map_err(|_| {
        Failure::new("the box cannot be ticked: its brackets overlap other text", "tick it by hand")
    })
}

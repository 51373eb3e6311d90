//! `groundplan approve`: who agreed to what, bound to the words that were read.

mod list;
mod record;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use groundplan_analysis::Selection;
use groundplan_model::approval::ApprovalReport;
use groundplan_model::{Document, Workspace};

use super::inspect::Shape;
use super::{Outcome, Run, Ui};
use crate::date::DateOption;
use crate::disk::{ApprovalFile, Files, printed};
use crate::exit::{Exit, Failure};
use crate::findings::check_all;
use crate::load::{Loaded, load, tell};
use crate::render::{Report, Sources, TEXT, plural};

/// Approve documents, or say which approvals an edit voided
///
/// An approval is bound to the text of each section and kept in `.groundplan/approvals.toml`, which
/// belongs into the repository. An edit voids it for that section and no other; marks in boxes, the
/// change log, and header fields such as status, version and dates may change.
#[derive(clap::Parser)]
#[command(name = "approve")]
pub(crate) struct Approve {
    /// Documents to approve; with --check and --list also folders of them
    #[arg(value_name = "DOCUMENT", required_unless_present_any = ["check", "list"])]
    documents: Vec<PathBuf>,

    /// Approve these sections only, each with what lies under it: an anchor or a heading
    #[arg(long = "section", value_name = "SECTION")]
    sections: Vec<String>,

    /// Who approves; Git's user name if not given
    #[arg(long, value_name = "NAME")]
    by: Option<String>,

    /// A remark to keep with it
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,

    #[command(flatten)]
    date: DateOption,

    /// Take the approval back
    #[arg(long, conflicts_with_all = ["note", "check", "list"])]
    withdraw: bool,

    /// Report approvals that an edit voided, and end with 1 where there are any
    #[arg(long, conflicts_with_all = ["sections", "by", "note", "list"])]
    check: bool,

    /// Show what is approved
    #[arg(long, conflicts_with_all = ["sections", "by", "note"])]
    list: bool,

    /// The form of --list: `text` for people, `json` for programs
    #[arg(
        alias = "output-format",
        long,
        value_name = "FORMAT",
        default_value = "text",
        requires = "list"
    )]
    format: Shape,
}

impl Run for Approve {
    const EXAMPLES: &[(&str, &str)] = &[
        ("approve docs/001_TDD-export.md", "every section, as it is now"),
        ("approve docs/001_TDD-export.md --section api-design", "one section and what is under it"),
        ("approve docs/001_TDD-export.md --by Ada --note 'with ten exports a day'", "for somebody"),
        ("approve --check docs", "for CI: what was edited since"),
        ("approve --list docs", "what is approved, by whom"),
    ];

    fn run(mut self, ui: &mut Ui) -> Outcome {
        if self.documents.is_empty() {
            self.documents.push(PathBuf::from("."));
        }
        let folder = self.documents.iter().find(|path| path.is_dir());
        if let (Some(folder), false) = (folder, self.check || self.list) {
            return Err(whole_folder(folder));
        }
        let loaded = load(&self.documents, None)?;
        if self.check {
            return check(loaded, ui);
        }
        if self.list {
            ui.print(&list::list(&loaded, self.format, ui.styled())?)?;
            return tell(loaded.failures, ui);
        }
        match self.withdraw {
            true => self.take_back(loaded, ui),
            false => self.approve(loaded, ui),
        }
    }
}

/// Nobody has read a folder: what is approved is named.
fn whole_folder(path: &Path) -> Failure {
    let name = printed(path);
    Failure::new(
        format!("`{name}` is a folder, and an approval is for documents that somebody read"),
        format!("name the documents; `groundplan approve --list {name}` shows what is approved"),
    )
}

/// Reports what is void as `check` does, and approvals of documents that are gone.
fn check(loaded: Loaded, ui: &mut Ui) -> Outcome {
    let files = Files::default();
    let file = approvals_of(&loaded)?;
    let approvals = loaded.approvals()?;
    let count = approvals.documents.len();
    let workspace = Workspace::new(loaded.documents, &files).with_approvals(approvals);
    let selection = Selection { select: vec!["approval-void".to_owned()], ..Selection::default() };
    let selection = Arc::new(selection);
    let findings = check_all(&workspace, |_| Arc::clone(&selection));
    let sources = Sources::of(&workspace.documents);
    let (styled, width) = (ui.styled(), ui.width());
    let report = Report { findings: &findings, suppressed: &[], sources: &sources, styled, width };
    ui.print(&(TEXT.render)(&report))?;
    let gone: Vec<&String> =
        file.approvals.documents.keys().filter(|path| file.is_gone(path)).collect();
    for path in &gone {
        ui.print(&gone_sentence(path, &file, &workspace))?;
    }
    ui.print(&match (count, findings.len()) {
        (0, _) if gone.is_empty() => "Nothing is approved here yet.\n".to_owned(),
        (_, 0) => format!("{} as approved.\n", plural_stand(count)),
        (_, void) => format!("{} not approved any more.\n", plural_are(void)),
    })?;
    Ok(tell(loaded.failures, ui)?.or(Exit::of_findings(!findings.is_empty() || !gone.is_empty())))
}

/// An approval of a document that is gone, and where the document went if its words tell.
fn gone_sentence(path: &str, file: &ApprovalFile, workspace: &Workspace<'_>) -> String {
    let name = file.name();
    let approved = file.approvals.of(path);
    let is_it = |document: &&Document| {
        let report = approved.map(|it| ApprovalReport::new(document, it));
        let is_new = workspace.approvals.of(document.source.path()).is_none();
        // The other half may have been edited on the way.
        is_new && report.is_some_and(|it| it.approved() * 2 > it.sections.len())
    };
    match workspace.documents.iter().find(is_it) {
        Some(document) => {
            let now = document.source.path();
            format!("`{path}` was approved and is `{now}` now: change the path in `{name}`\n")
        }
        None => format!(
            "`{path}` was approved and is gone: correct its path in `{name}`, or remove it\n"
        ),
    }
}

fn plural_stand(count: usize) -> String {
    let verb = if count == 1 { "stands" } else { "stand" };
    format!("{} {verb}", plural(count, "document"))
}

fn plural_are(count: usize) -> String {
    let verb = if count == 1 { "is" } else { "are" };
    format!("{} {verb}", plural(count, "section"))
}

/// The approvals of the workspace of the first document.
fn approvals_of(loaded: &Loaded) -> Result<ApprovalFile, Failure> {
    let name = loaded.documents.first().map_or(".", |it| it.source.path());
    let path = loaded.place(name).map_or_else(|| PathBuf::from("."), |it| it.path.clone());
    ApprovalFile::of(&crate::disk::parent(&path))
}

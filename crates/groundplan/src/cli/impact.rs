//! `groundplan impact`: what else must change.

mod json;
mod markdown;
mod text;

use std::path::{Path, PathBuf};

use groundplan_analysis::difference::changes;
use groundplan_analysis::impact::{Impact, Place, Subject, Touched, impact, names};
use groundplan_analysis::impact::{of_differences, of_name, of_section};
use groundplan_model::{Certainty, Outline, Workspace};

use super::{Outcome, Run, Ui};
use crate::disk::{Code, Files, printed};
use crate::exit::Failure;
use crate::load::{load, tell};
use crate::render::Sources;
use crate::revisions::{Revisions, repository};
use crate::suggest::closest;

/// Show what else must change: documents, tasks, code and tests
///
/// For what differs between two revisions, for a section, or for one fact by its name. Documents
/// rest on a section where they were made from it or link to it, and on a fact where their chain
/// states it too; tasks cover it, code answers, stores, reads or tags it, tests prove it. Each place
/// has its reason and how sure that is, the nearest first.
#[derive(clap::Parser)]
#[command(name = "impact")]
pub(crate) struct Impacts {
    /// Revisions `A..B`, `A...B` or `A`; a section `FILE#SECTION` or a `FILE`; or a name: the id of
    /// a requirement, `POST /orders`, a table, `table.column`, a setting, a component
    #[arg(value_name = "WHAT", default_value = "HEAD")]
    what: String,

    /// Where to look: documents, or folders of them
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// `text` for people, `json` for programs, `markdown` for a comment on a pull request
    #[arg(alias = "output-format", long, value_name = "FORMAT", default_value = "text")]
    format: Shape,

    /// Look at documents only, and leave the source code alone
    #[arg(long)]
    no_code: bool,
}

/// The form of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Shape {
    /// A block for each fact or section.
    Text,
    /// One JSON document.
    Json,
    /// A list of boxes to tick.
    Markdown,
}

/// What is shown.
struct View<'a> {
    impacts: &'a [Impact],
    sources: &'a Sources<'a>,
    styled: bool,
}

impl Run for Impacts {
    const EXAMPLES: &[(&str, &str)] = &[
        ("impact", "of what is not committed yet"),
        ("impact main...HEAD --format markdown", "of a branch, for its pull request"),
        ("impact docs/001_TDD-export.md#data-model", "of a section"),
        ("impact FR-012", "of a requirement"),
        ("impact 'POST /api/v1/exports'", "of an endpoint"),
    ];

    fn run(self, ui: &mut Ui) -> Outcome {
        let mut loaded = load(&self.paths, None)?;
        let files = Files::default();
        let workspace = Workspace::new(std::mem::take(&mut loaded.documents), &files);
        let linked = workspace.link();
        let subjects = self.subjects(&linked.outlines)?;
        let code = match self.no_code {
            true => Code::default(),
            false => Code::around(&self.paths, &loaded.configs)?,
        };
        let impacts = impact(subjects, &linked, &code.files);
        let sources = Sources::of(&workspace.documents);
        let view = View { impacts: &impacts, sources: &sources, styled: ui.styled() };
        ui.print(&match self.format {
            Shape::Text => text::impacts(&view),
            Shape::Json => json::impacts(&view),
            Shape::Markdown => markdown::impacts(&view),
        })?;
        let mut failures = loaded.failures;
        failures.extend(code.failures);
        tell(failures, ui)
    }
}

impl Impacts {
    /// What is asked about: a section or a file, a name, or revisions, in this order.
    fn subjects(&self, outlines: &[Outline]) -> Result<Vec<Subject>, Failure> {
        let (file, anchor) = match self.what.split_once('#') {
            Some((file, anchor)) => (file, Some(anchor)),
            None => (self.what.as_str(), None),
        };
        let name = printed(Path::new(file));
        if let Some(outline) = outlines.iter().find(|it| it.path == name) {
            return of_section(outline, anchor).ok_or_else(|| no_section(outline, anchor));
        }
        let named = of_name(outlines, &self.what);
        if !named.is_empty() {
            return Ok(named);
        }
        if repository().is_ok_and(|it| it.knows(&self.what)) {
            let revisions = Revisions::read(&self.what, &self.paths)?;
            return Ok(of_differences(&changes(&revisions.before, &revisions.after)));
        }
        Err(self.unknown(outlines))
    }

    fn unknown(&self, outlines: &[Outline]) -> Failure {
        let what = &self.what;
        if Path::new(what.split('#').next().unwrap_or(what)).is_file() {
            return Failure::new(
                format!("`{what}` is none of the documents that were looked at"),
                "name its folder, or the file itself, after it",
            );
        }
        let all = names(outlines);
        let help = match closest(what, all.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                "name revisions as `A..B`, a section as `FILE#SECTION`, or a fact as documents \
                     write it"
                    .to_owned()
            }
        };
        Failure::new(format!("`{what}` is no revision, no document and no name in one"), help)
    }
}

fn no_section(outline: &Outline, anchor: Option<&str>) -> Failure {
    let anchor = anchor.unwrap_or("");
    let help = match closest(anchor, outline.sections.iter().map(|it| it.anchor.as_str())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "name a heading, or its anchor as links write it".to_owned(),
    };
    Failure::new(format!("`{}` has no section `{anchor}`", outline.path), help)
}

/// The line of a place, where it is known.
fn line(view: &View<'_>, touched: &Touched) -> Option<usize> {
    match touched.place {
        Place::Text(span) => Some(view.sources.position(&touched.path, span.start).line),
        Place::Line(line) => usize::try_from(line).ok(),
        Place::File => None,
    }
}

/// Where a subject stands now.
fn subject_line(view: &View<'_>, subject: &Subject) -> Option<usize> {
    let source = view.sources.get(&subject.path)?;
    Some(source.line(subject.span?.start as usize))
}

/// `path:12`
fn place(view: &View<'_>, touched: &Touched) -> String {
    match line(view, touched) {
        Some(line) => format!("{}:{line}", touched.path),
        None => touched.path.clone(),
    }
}

/// `certain`, `likely` or `perhaps`.
fn sureness(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Stated => "certain",
        Certainty::Inferred => "likely",
        Certainty::Guessed => "perhaps",
    }
}

//! `groundplan diff`: what changed in meaning between two revisions, and what of it breaks.

mod json;
mod markdown;
mod text;

use std::path::{Path, PathBuf};

use groundplan_analysis::difference::{Change, Difference, Verb, Verdict, changes, stated_version};
use groundplan_model::Document;
use groundplan_syntax::LineColumn;

use super::{Outcome, Run, Ui};
use crate::exit::Exit;
use crate::git::Range;
use crate::revisions::{Revisions, repository};

/// Show what changed in meaning between two revisions, and what of it breaks
///
/// Compared are facts, never lines: endpoints, fields of requests and answers, error answers,
/// tables, columns and constraints, targets, requirements, tasks, settings, decisions, states. Each
/// difference has both its places and a verdict: breaking, compatible or neutral, with the reason.
#[derive(clap::Parser)]
#[command(name = "diff")]
pub(crate) struct Diff {
    /// What is compared: `A..B`; `A...B`, from where B left A; or `A`, with the files as they are
    #[arg(value_name = "REVISIONS", default_value = "HEAD")]
    revisions: String,

    /// Documents, or folders of them
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// `text` for people, `json` for programs, `markdown` for a comment on a pull request
    #[arg(alias = "output-format", long, value_name = "FORMAT", default_value = "text")]
    format: Shape,

    /// End with 1 where something breaks in a document whose major version was not raised, neither
    /// in its header nor in the paths of its endpoints
    #[arg(long)]
    check: bool,
}

/// The form of the differences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Shape {
    /// What breaks with its lines, the rest a line each.
    Text,
    /// One JSON document.
    Json,
    /// Tables.
    Markdown,
}

/// What is shown.
struct View<'a> {
    changes: &'a [Change<'a>],
    range: &'a Range,
    styled: bool,
    width: Option<usize>,
}

impl Run for Diff {
    const EXAMPLES: &[(&str, &str)] = &[
        ("diff", "what is not committed yet"),
        ("diff main...HEAD docs", "what a branch changed"),
        ("diff v1.0..v2.0 --format markdown", "for release notes, or a pull request"),
        ("diff origin/main...HEAD --check", "for CI: does nothing break unannounced?"),
    ];

    fn run(mut self, ui: &mut Ui) -> Outcome {
        self.take_path()?;
        let revisions = Revisions::read(&self.revisions, &self.paths)?;
        let changes = changes(&revisions.before, &revisions.after);
        let range = &revisions.range;
        let view = View { changes: &changes, range, styled: ui.styled(), width: ui.width() };
        ui.print(&match self.format {
            Shape::Text => text::differences(&view),
            Shape::Json => json::differences(&view),
            Shape::Markdown => markdown::differences(&view),
        })?;
        if !self.check {
            return Ok(Exit::Clean);
        }
        let unannounced: Vec<&Change<'_>> =
            changes.iter().filter(|it| it.breaks_promise()).collect();
        for change in &unannounced {
            let (message, help) = unannounced_words(change);
            ui.fail(&message, Some(&help));
        }
        Ok(Exit::of_findings(!unannounced.is_empty()))
    }
}

impl Diff {
    /// A path where a revision could stand: the one before it is `HEAD`.
    fn take_path(&mut self) -> Result<(), crate::exit::Failure> {
        let path = Path::new(&self.revisions);
        if path.exists() && !repository()?.knows(&self.revisions) {
            let path = path.to_owned();
            if self.paths == [PathBuf::from(".")] {
                self.paths.clear();
            }
            self.paths.insert(0, path);
            "HEAD".clone_into(&mut self.revisions);
        }
        Ok(())
    }
}

/// What `--check` says of a document.
fn unannounced_words(change: &Change<'_>) -> (String, String) {
    let path = change.path();
    let version = |it: Option<&Document>| it.and_then(stated_version).map(str::to_owned);
    match (change.after, version(change.before), version(change.after)) {
        (None, ..) => (
            format!("`{path}` is gone, and what it promised with it"),
            "set its status to Superseded in a revision before, or state its facts elsewhere".into(),
        ),
        (_, Some(was), Some(now)) => (
            match was == now {
                true => format!("`{path}` breaks with what it was, and its version is {now} as before"),
                false => format!(
                    "`{path}` breaks with what it was, and its version went from {was} to {now} only"
                ),
            },
            "raise the first number of the version in its header (before 1.0 the second one), or the \
             version in the paths of its endpoints"
                .into(),
        ),
        _ => (
            format!("`{path}` breaks with what it was, and no version says so"),
            "state a Version in its header before and after, and raise its first number, or raise \
             the version in the paths of its endpoints"
                .into(),
        ),
    }
}

/// "column changed: orders.total INT → BIGINT"
fn title(difference: &Difference) -> String {
    match (difference.noun, difference.verb) {
        ("status", _) => difference.what.clone(),
        (noun, verb) => format!("{noun} {}: {}", verb.as_str(), difference.what),
    }
}

/// How many differences have a verdict.
fn count(changes: &[Change<'_>], verdict: Verdict) -> usize {
    let all = changes.iter().flat_map(|it| &it.differences);
    all.filter(|it| it.judgement.verdict == verdict).count()
}

/// Where a side of a difference stands.
fn position(
    document: Option<&Document>,
    stated: Option<&groundplan_analysis::difference::Stated>,
) -> Option<LineColumn> {
    Some(document?.source.position(stated?.span.start as usize))
}

/// "1.0 → 1.1"; nothing where the header states none.
fn versions(change: &Change<'_>) -> Option<String> {
    let version = |it: Option<&Document>| it.and_then(stated_version).map(str::to_owned);
    match (version(change.before), version(change.after)) {
        (Some(was), Some(now)) if was != now => Some(format!("{was} → {now}")),
        (_, Some(now)) => Some(now),
        (was, None) => was,
    }
}

/// What a new document states, or the words for one that got another name or went.
fn news(change: &Change<'_>) -> Option<String> {
    match (change.before, change.verb()) {
        (None, _) => {
            let facts = change.differences.iter();
            let facts = facts.filter(|it| it.noun != "section" && it.verb == Verb::Added);
            let facts: Vec<Difference> = facts.cloned().collect();
            Some(groundplan_analysis::changelog::sentence(&facts))
        }
        (Some(was), "renamed") => Some(format!("it was `{}`", was.source.path())),
        _ => None,
    }
}

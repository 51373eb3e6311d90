//! `groundplan trace`: what is wanted, and what answers it in designs, tasks, code and tests.

mod csv;
mod dot;
mod graph;
mod html;
mod json;
mod markdown;
mod matrix;
mod text;
mod tree;

use std::path::PathBuf;

use groundplan_analysis::trace::{Coverage, Trace};

use super::{Outcome, Run, Ui};
use crate::exit::{Exit, Failure};
use crate::load::tell;
use crate::suggest::closest;
pub(super) use graph::{Graph, GraphOptions};
use matrix::Matrix;
pub(super) use text::{mark, place, stale};

/// Show what is wanted, and what answers it in designs, tasks, code and tests
///
/// A requirement is answered by the sections and tasks that cite its id, by code and tests with a
/// tag such as `[impl FR-1]` or `[test FR-1]`, and by files that a finished task names. With the name
/// of anything that is traced: the way up and down from there. What is only guessed is marked with
/// `~` and covers nothing.
#[derive(clap::Parser)]
#[command(name = "trace")]
pub(crate) struct TraceCommand {
    /// Documents or folders of them; and names: `FR-1`, `docs/001_PRD.md#FR-1`, `POST /orders`
    #[arg(default_value = ".", value_name = "PATH|ID")]
    arguments: Vec<PathBuf>,

    /// `text` for people, `json` for programs, `csv` for tables, `html` for a page that needs no
    /// network, `dot` for graphviz, `markdown` for a document
    #[arg(alias = "output-format", long, value_name = "FORMAT", default_value = "text")]
    format: Shape,

    /// Only what is not covered at every level, or no longer
    #[arg(long)]
    gaps: bool,

    #[command(flatten)]
    graph: GraphOptions,
}

/// The form of the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Shape {
    /// A block a chain.
    Text,
    /// One JSON document.
    Json,
    /// A row for each requirement.
    Csv,
    /// One page.
    Html,
    /// A graph.
    Dot,
    /// A table a chain.
    Markdown,
}

impl Run for TraceCommand {
    const EXAMPLES: &[(&str, &str)] = &[
        ("trace", "everything under this folder"),
        ("trace docs --gaps", "what nothing answers yet"),
        ("trace docs FR-1", "the way up and down from a requirement"),
        ("trace docs --format html > trace.html", "a page for readers"),
        ("trace docs FR-1 --format dot | dot -Tsvg > trace.svg", "a drawing"),
    ];

    fn run(self, ui: &mut Ui) -> Outcome {
        let (paths, names) = paths_and_names(&self.arguments);
        let mut graph = Graph::read(&paths, &self.graph)?;
        let failures = std::mem::take(&mut graph.failures);
        let starts = starts(&graph.trace, &names)?;
        let shown = match starts.is_empty() {
            true => self.all(&graph, ui.styled()),
            false => self.some(&graph, &starts, ui.styled())?,
        };
        ui.print(&shown)?;
        Ok(tell(failures, ui)?.or(Exit::Clean))
    }
}

impl TraceCommand {
    /// The matrix of everything.
    fn all(&self, graph: &Graph, styled: bool) -> String {
        let trace = &graph.trace;
        let coverage = Coverage::of(trace, &graph.policies, &graph.today);
        let matrix = Matrix::of(trace, &coverage, self.gaps);
        match self.format {
            Shape::Text => text::matrix(&matrix, styled),
            Shape::Json => json::matrix(&matrix),
            Shape::Csv => csv::matrix(&matrix),
            Shape::Html => html::matrix(&matrix, &coverage),
            Shape::Dot => dot::graph(trace, &matrix.items()),
            Shape::Markdown => markdown::matrix(&matrix),
        }
    }

    /// The ways from some items.
    fn some(&self, graph: &Graph, starts: &[usize], styled: bool) -> Result<String, Failure> {
        let trace = &graph.trace;
        match self.format {
            Shape::Text => Ok(tree::text(trace, starts, styled)),
            Shape::Json => Ok(tree::json(trace, starts)),
            Shape::Dot => Ok(dot::graph(trace, &tree::items(trace, starts))),
            Shape::Csv | Shape::Html | Shape::Markdown => Err(Failure::new(
                "the way from one item is a tree, and this format holds a table",
                "take --format text, json or dot, or leave the name out",
            )),
        }
    }
}

/// Arguments that are files or folders, and those that are names.
fn paths_and_names(arguments: &[PathBuf]) -> (Vec<PathBuf>, Vec<String>) {
    let (mut paths, names): (Vec<PathBuf>, Vec<PathBuf>) =
        arguments.iter().cloned().partition(|it| it.exists());
    if paths.is_empty() {
        paths.push(PathBuf::from("."));
    }
    (paths, names.iter().map(|it| it.to_string_lossy().into_owned()).collect())
}

/// The items that the names mean.
fn starts(trace: &Trace, names: &[String]) -> Result<Vec<usize>, Failure> {
    let mut found = Vec::new();
    for name in names {
        let meant = trace.named(name);
        if meant.is_empty() {
            return Err(unknown(trace, name));
        }
        found.extend(meant);
    }
    Ok(found)
}

fn unknown(trace: &Trace, name: &str) -> Failure {
    let ids = trace.items.iter().map(|it| it.id.as_str());
    let help = match closest(name, ids) {
        Some(close) => format!("did you mean `{close}`?"),
        None => "`groundplan trace` shows every name; a path has to be there".to_owned(),
    };
    Failure::new(format!("nothing that is traced, and no file, is called `{name}`"), help)
}

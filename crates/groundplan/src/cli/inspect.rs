//! `groundplan inspect`: what was read from a document, with lines.

mod json;
mod text;
mod words;

use std::path::PathBuf;

pub(super) use words::certainty;

use super::{Outcome, Run, Ui};
use crate::exit::Failure;
use crate::load::{Documents, Stdin, tell};
use crate::render::json::{SCHEMA_VERSION, printed};

/// Show what is read from documents, with line numbers
///
/// Every fact that the other commands work with: header, status, endpoints, tables, examples,
/// targets, error answers, tasks, decisions, risks, questions, links, placeholders and more. If a
/// finding surprises you, look here first. `docs/inspect.schema.json` is the JSON Schema of
/// `--format json`.
#[derive(clap::Parser)]
#[command(name = "inspect")]
pub(crate) struct Inspect {
    /// Documents, or folders of them; `-` is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    stdin: Stdin,

    /// `text` for people, `json` for programs
    #[arg(alias = "output-format", long, value_name = "FORMAT", default_value = "text")]
    format: Shape,
}

/// The form of a description of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Shape {
    /// Grouped and short.
    Text,
    /// One JSON document.
    Json,
}

impl Run for Inspect {
    const EXAMPLES: &[(&str, &str)] = &[
        ("inspect design.md", "for people"),
        ("inspect docs --format json", "every document, for programs"),
        ("inspect design.md --format json | jq '.documents[].endpoints'", "one kind of fact"),
    ];

    fn run(self, ui: &mut Ui) -> Outcome {
        let found = Documents::find(&self.paths, Some(&self.stdin))?;
        let failures = match self.format {
            Shape::Json => print_json(found, ui)?,
            Shape::Text => print_text(found, ui)?,
        };
        tell(failures, ui)
    }
}

/// The text of `docs/inspect.schema.json`.
pub(super) fn schema() -> String {
    printed(&json::schema())
}

/// Prints documents one by one: ten thousand of them take a gigabyte.
fn print_json(mut found: Documents, ui: &mut Ui) -> Result<Vec<Failure>, Failure> {
    ui.print(&format!("{{\n  \"schema_version\": {SCHEMA_VERSION},\n  \"documents\": ["))?;
    let mut separator = "\n";
    let failures = found.each(
        |it| json::document(&it),
        |text| {
            ui.print(separator)?;
            separator = ",\n";
            ui.print_bytes(&text)
        },
    )?;
    ui.print("\n  ]\n}\n")?;
    Ok(failures)
}

fn print_text(mut found: Documents, ui: &mut Ui) -> Result<Vec<Failure>, Failure> {
    let styled = ui.styled();
    let mut separator = "";
    found.each(
        |it| text::document(&it, styled),
        |text| {
            ui.print(separator)?;
            separator = "\n";
            ui.print(&text)
        },
    )
}

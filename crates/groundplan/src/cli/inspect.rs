//! `groundplan inspect`: what was read from a document, with lines.

mod json;
mod text;
mod words;

use std::path::PathBuf;

use groundplan_model::Document;
use rayon::prelude::*;

pub(super) use words::certainty;

use super::{Outcome, Run, Ui};
use crate::exit::Failure;
use crate::load::{Stdin, load, tell};
use crate::render::json::{SCHEMA_VERSION, printed};

/// Documents that are turned into text at a time.
const CHUNK: usize = 256;

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
        let loaded = load(&self.paths, Some(&self.stdin))?;
        match self.format {
            Shape::Json => print_json(&loaded.documents, ui)?,
            Shape::Text => ui.print(&as_text(&loaded.documents, ui.styled()))?,
        }
        // As in `check`: the process ends here.
        std::mem::forget(loaded.documents);
        tell(loaded.failures, ui)
    }
}

/// The text of `docs/inspect.schema.json`.
pub(super) fn schema() -> String {
    printed(&json::schema())
}

/// Prints documents piece by piece: as values, ten thousand of them take two gigabytes.
fn print_json(documents: &[Document], ui: &mut Ui) -> Result<(), Failure> {
    ui.print(&format!("{{\n  \"schema_version\": {SCHEMA_VERSION},\n  \"documents\": ["))?;
    let mut separator = "\n";
    for chunk in documents.chunks(CHUNK) {
        let texts: Vec<String> = chunk.par_iter().map(indented).collect();
        for text in texts {
            ui.print(separator)?;
            ui.print(&text)?;
            separator = ",\n";
        }
    }
    ui.print("\n  ]\n}\n")
}

fn indented(document: &Document) -> String {
    let text = format!("{:#}", json::document(document));
    // A line break inside a JSON text is escaped, so every one here is between two members.
    format!("    {}", text.replace('\n', "\n    "))
}

fn as_text(documents: &[Document], styled: bool) -> String {
    let texts: Vec<String> = documents.par_iter().map(|it| text::document(it, styled)).collect();
    texts.join("\n")
}

//! `groundplan inspect`: what was read from a document, with lines.

mod json;
mod text;
mod words;

use std::path::PathBuf;

use groundplan_model::Document;
use rayon::prelude::*;
use serde_json::{Value, json};

pub(super) use words::certainty;

use super::{Outcome, Run, Ui};
use crate::load::{load, tell};
use crate::render::json::{SCHEMA_VERSION, printed};

/// Show what is read from documents, with line numbers
///
/// Every fact that the other commands work with: header, status, endpoints, tables, examples,
/// targets, error answers, tasks, questions, links, placeholders. If a finding surprises you, look
/// here first.
#[derive(clap::Parser)]
#[command(name = "inspect")]
pub(crate) struct Inspect {
    /// Documents, or folders of them
    #[arg(required = true, value_name = "FILE")]
    paths: Vec<PathBuf>,

    /// `text` for people, `json` for programs
    #[arg(long, value_name = "FORMAT", default_value = "text")]
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
        let loaded = load(&self.paths)?;
        let styled = ui.styled();
        let text = match self.format {
            Shape::Json => as_json(&loaded.documents),
            Shape::Text => as_text(&loaded.documents, styled),
        };
        ui.print(&text)?;
        tell(loaded.failures, ui)
    }
}

fn as_json(documents: &[Document]) -> String {
    let documents: Vec<Value> = documents.par_iter().map(json::document).collect();
    printed(&json!({ "schema_version": SCHEMA_VERSION, "documents": documents }))
}

fn as_text(documents: &[Document], styled: bool) -> String {
    let texts: Vec<String> = documents.par_iter().map(|it| text::document(it, styled)).collect();
    texts.join("\n")
}

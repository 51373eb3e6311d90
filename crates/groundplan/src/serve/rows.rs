//! Rows that a service begins with: from files, or made up.

use std::path::{Path, PathBuf};

use groundplan_live::{DataError, Filled, Running};

use super::SUBJECT;
use crate::disk::printed;
use crate::exit::Failure;
use crate::render::plural;
use crate::ui::Ui;

/// The same rows for everybody: a number like any other.
const SEED: u64 = 1;

/// Rows that a service begins with.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Rows")]
pub(crate) struct RowOptions {
    /// Put so many rows that look like real ones into each empty table; always the same ones
    #[arg(long, value_name = "COUNT", env = "GROUNDPLAN_SEED", hide_env = true)]
    seed: Option<usize>,

    /// Put rows into empty tables: JSON, {"TABLE": [{"COLUMN": value}]}, or TABLE.csv
    #[arg(long, value_name = "FILE")]
    data: Vec<PathBuf>,
}

impl RowOptions {
    /// Puts them in.
    pub(crate) async fn fill(&self, running: &Running, ui: &mut Ui) -> Result<(), Failure> {
        for path in &self.data {
            let text = std::fs::read_to_string(path).map_err(|error| {
                let doing = format!("cannot read the rows in `{}`", printed(path));
                Failure::io(doing, &error, "name a file that can be read with --data")
            })?;
            let filled = of_file(running, path, &text).await;
            let refused = |error: DataError| {
                let message = format!("`{}` cannot be put in: {error}", printed(path));
                Failure::new(message, "mend the file, or leave it out")
            };
            tell(&filled.map_err(refused)?, &printed(path), ui);
        }
        if let Some(count) = self.seed {
            let filled = running.fill_samples(SEED, count, SUBJECT).await;
            let filled = filled.map_err(|error| {
                Failure::new(format!("no rows can be made up: {error}"), "try again")
            })?;
            tell(&filled, "--seed", ui);
        }
        Ok(())
    }
}

async fn of_file(running: &Running, path: &Path, text: &str) -> Result<Filled, DataError> {
    if path.extension().is_some_and(|it| it.eq_ignore_ascii_case("csv")) {
        let table = path.file_stem().unwrap_or_default().to_string_lossy();
        return running.fill_csv(&table, text, SUBJECT).await;
    }
    let value = serde_json::from_str(text);
    let value = value.map_err(|error| DataError::Form(format!("it is no JSON: {error}")))?;
    running.fill(value, SUBJECT).await
}

fn tell(filled: &Filled, from: &str, ui: &mut Ui) {
    let mut note = format!("{from}: {}", plural(filled.rows, "row"));
    if !filled.left.is_empty() {
        note.push_str(&format!("; {} left as they are", plural(filled.left.len(), "table")));
    }
    note.push_str(".\n");
    for reason in &filled.refused {
        note.push_str(&format!("  not put in: {reason}\n"));
    }
    ui.note(&note);
}

//! `groundplan config`: what is settled for a document, and which line says so.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::inspect::Shape;
use super::{Outcome, Run, Ui};
use crate::config::{Configs, Overrides, Source, in_json, in_text, tell};
use crate::date::DateOption;
use crate::exit::Exit;
use crate::render::json::{SCHEMA_VERSION, printed};

/// Show what is settled for a document, and where
///
/// Every key with its value, and the line of the file that sets it. For a folder, what counts for a
/// document in it.
#[derive(clap::Parser)]
#[command(name = "config")]
pub(crate) struct Config {
    /// A document or a folder; it need not be there
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,

    #[command(flatten)]
    configuration: Configuration,

    #[command(flatten)]
    date: DateOption,

    /// `text` for people, `json` for programs
    #[arg(alias = "output-format", long, value_name = "FORMAT", default_value = "text")]
    format: Shape,
}

/// Where settings come from, shared by the commands that follow them closely.
#[derive(clap::Args)]
pub(crate) struct Configuration {
    /// Take the settings of this file, for all documents
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,

    /// Take no settings from files
    #[arg(long, alias = "isolated")]
    no_config: bool,

    /// End the run where a file has a key or a rule that there is not
    #[arg(long)]
    pub(super) deny_config_warnings: bool,
}

impl Configuration {
    /// Where settings come from.
    pub(super) fn source(&self) -> Source {
        match &self.config {
            Some(path) => Source::File(path.clone()),
            None if self.no_config => Source::None,
            None => Source::Found,
        }
    }
}

impl Run for Config {
    const EXAMPLES: &[(&str, &str)] = &[
        ("config", "what counts in this folder"),
        ("config docs/a.md --format json", "for one document, for programs"),
        ("config --deny-config-warnings", "whether every key and rule is known, for CI"),
    ];

    fn run(self, ui: &mut Ui) -> Outcome {
        let configs = Configs::new(self.configuration.source(), Overrides::default());
        let document = match self.path.is_dir() {
            true => self.path.join("document.md"),
            false => self.path.clone(),
        };
        let config = configs.settled(&document)?;
        tell(&configs.problems(), self.configuration.deny_config_warnings, ui)?;
        let today = self.date.date()?;
        ui.print(&match self.format {
            Shape::Text => in_text(&config, &today),
            Shape::Json => printed(&self.json(in_json(&config, &today), &configs)),
        })?;
        Ok(Exit::Clean)
    }
}

impl Config {
    fn json(&self, config: Value, configs: &Configs) -> Value {
        let digest = configs.digest().to_string();
        let path = crate::disk::printed(&self.path);
        json!({ "schema_version": SCHEMA_VERSION, "path": path, "digest": digest, "config": config })
    }
}

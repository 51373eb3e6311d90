//! `groundplan.toml`: what a team settled for its documents.
//!
//! [`KEYS`] says what may be in such a file; [`read()`] makes a [`Layer`] of a text, [`Config`] is
//! what the layers of one file and those that it extends come to, and [`Configs`] finds the file of
//! each document. The manual and the schema are made from the same table.

mod configs;
mod discover;
mod entries;
mod folders;
mod key;
mod keys;
mod layer;
mod manual;
mod problem;
mod read;
mod schema;
mod shown;
mod team;

use std::path::{Path, PathBuf};

use groundplan_analysis::Pattern;
use groundplan_model::Digest;
use groundplan_model::policy::Policy;
use groundplan_model::profile::{Kind, Pattern as PathPattern};
use serde_json::{Value, json};

pub(crate) use configs::{Configs, Overrides};
pub(crate) use discover::{NAMES, Source};
use entries::{DocumentsEntry, Paths, PerFile, TeamEntry};
pub(crate) use keys::KEYS;
use layer::{Layer, Setting, texts};
pub(crate) use manual::manual;
pub(crate) use problem::{Problem, tell};
pub(crate) use schema::schema;
pub(crate) use shown::{in_json, in_text};

/// What counts for the documents of one configuration file.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// The file and those that it extends, the base first.
    pub(crate) files: Vec<String>,
    layer: Layer,
    include: Option<Paths>,
    exclude: Option<Paths>,
    per_file: Vec<PerFile>,
    documents: Vec<DocumentsEntry>,
    team: Vec<TeamEntry>,
    /// Where requirements must be covered.
    pub(crate) policies: Vec<Policy>,
}

impl Config {
    /// What a layer comes to, and what is wrong with it.
    fn of(files: Vec<String>, mut layer: Layer) -> (Self, Vec<Problem>) {
        let mut problems = std::mem::take(&mut layer.problems);
        let [include, exclude] = ["include", "exclude"].map(|it| entries::paths(&layer, it));
        let per_file = entries::per_file(&layer, &mut problems);
        let documents = entries::documents(&layer, &mut problems);
        let team = team::rules(&layer, &mut problems);
        let policies = entries::policies(&layer, &mut problems);
        entries::rule_names(&layer, &team, &mut problems);
        (Self { files, layer, include, exclude, per_file, documents, team, policies }, problems)
    }

    /// What one text alone comes to.
    #[cfg(test)]
    pub(crate) fn of_text(text: &str) -> (Self, Vec<Problem>) {
        let file = layer::File { name: "groundplan.toml".to_owned(), folder: "/docs".into() };
        Self::of(vec![file.name.clone()], read::read(file.into(), text))
    }

    fn setting(&self, path: &str) -> Option<&Setting> {
        self.layer.settings.get(path)
    }

    /// A text that is set.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.setting(path).and_then(|it| it.value.as_str())
    }

    /// A path that is set, from the folder of the file that sets it.
    pub(crate) fn path(&self, path: &str) -> Option<PathBuf> {
        let setting = self.setting(path)?;
        Some(setting.origin.file.folder.join(setting.value.as_str()?))
    }

    /// A flag, or what counts where it is not set.
    pub(crate) fn flag(&self, path: &str, default: bool) -> bool {
        self.setting(path).and_then(|it| it.value.as_bool()).unwrap_or(default)
    }

    /// A number that is set.
    pub(crate) fn count(&self, path: &str) -> Option<usize> {
        let number = self.setting(path)?.value.as_u64()?;
        usize::try_from(number).ok()
    }

    /// A list; empty where none is set.
    pub(crate) fn texts(&self, path: &str) -> Vec<String> {
        self.setting(path).map(|it| texts(&it.value)).unwrap_or_default()
    }

    /// Names with a text each; none where none is set.
    pub(crate) fn named(&self, path: &str) -> Vec<(String, String)> {
        let named = self.setting(path).and_then(|it| it.value.as_object());
        let texts = named.into_iter().flatten();
        texts.filter_map(|(name, it)| Some((name.clone(), it.as_str()?.to_owned()))).collect()
    }

    /// Whether a document that was found belongs to the workspace.
    pub(crate) fn includes(&self, path: &Path) -> bool {
        self.include.as_ref().is_none_or(|it| it.mean(path)) && !self.excludes(path)
    }

    /// Whether a file is left out, whatever it is.
    pub(crate) fn excludes(&self, path: &Path) -> bool {
        self.exclude.as_ref().is_some_and(|it| path.ancestors().any(|path| it.mean(path)))
    }

    /// The kind that was settled for a document.
    pub(crate) fn kind(&self, path: &Path) -> Option<Kind> {
        let entry = self.documents.iter().rev().find(|it| it.paths.mean(path));
        entry.map(|it| it.kind)
    }

    /// What all of it comes to, in sixteen characters: two that are equal check alike.
    pub(crate) fn digest(&self) -> Digest {
        let settings = self.layer.settings.iter();
        let settings: Vec<Value> = settings.map(|(path, it)| json!([path, it.value])).collect();
        let entries = self.layer.entries.iter();
        let entries: Vec<Value> = entries.map(|it| json!([it.list, it.value])).collect();
        Digest::of(&json!([settings, entries]).to_string())
    }
}

#[cfg(test)]
mod tests;

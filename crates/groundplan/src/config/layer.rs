//! What one configuration file settles.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::Problem;

/// A file: how it is printed, and the folder that its patterns are seen from.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct File {
    /// As it is printed.
    pub(crate) name: String,
    /// Its folder, resolved.
    pub(crate) folder: PathBuf,
}

/// Where something was settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// The file.
    pub(crate) file: Arc<File>,
    /// The line in it, from 1.
    pub(crate) line: usize,
}

impl Origin {
    /// `groundplan.toml:7`
    pub(crate) fn shown(&self) -> String {
        format!("{}:{}", self.file.name, self.line)
    }

    /// What is wrong there.
    pub(crate) fn problem(&self, message: String, help: String, is_error: bool) -> Problem {
        Problem { file: self.file.name.clone(), line: self.line, message, help, is_error }
    }
}

/// A value with its place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Setting {
    /// The value.
    pub(crate) value: Value,
    /// Where it stands.
    pub(crate) origin: Origin,
}

/// One table of a list of tables.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    /// The list: `per-file`, `trace.policy`, …
    pub(crate) list: String,
    /// Its keys.
    pub(crate) value: Map<String, Value>,
    /// Where it begins.
    pub(crate) origin: Origin,
}

impl Entry {
    /// A text of it.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.value.get(key).and_then(Value::as_str)
    }

    /// A list of texts of it.
    pub(crate) fn texts(&self, key: &str) -> Vec<String> {
        self.value.get(key).map(texts).unwrap_or_default()
    }
}

/// The texts of a list.
pub(crate) fn texts(value: &Value) -> Vec<String> {
    let list = value.as_array().into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// A name of a rule or a group in a setting; which there are is known when all files are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RuleName {
    /// The name.
    pub(crate) name: String,
    /// Where it stands.
    pub(crate) origin: Origin,
}

/// All that one file settles.
#[derive(Debug, Default)]
pub(crate) struct Layer {
    /// Settings by their path: `check.fail-on`.
    pub(crate) settings: BTreeMap<String, Setting>,
    /// Tables of lists of tables, in order.
    pub(crate) entries: Vec<Entry>,
    /// Rules and groups that it names.
    pub(crate) rule_names: Vec<RuleName>,
    /// What is wrong with it.
    pub(crate) problems: Vec<Problem>,
}

impl Layer {
    /// Another layer with this one over it.
    pub(crate) fn over(self, mut base: Self) -> Self {
        base.settings.extend(self.settings);
        base.entries.extend(self.entries);
        base.rule_names.extend(self.rule_names);
        base.problems.extend(self.problems);
        base
    }
}

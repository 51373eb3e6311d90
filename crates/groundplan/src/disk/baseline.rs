//! `.groundplan/baseline.toml`: findings that were there when a team began, and that `check` leaves
//! out until somebody touches them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use groundplan_model::Diagnostic;
use toml::Value;

use super::path_within;
use super::read::read_if_there;
use super::state::{FOLDER, make};
use super::{printed, workspace_root, write};
use crate::exit::Failure;

/// Name of the file inside `.groundplan/`.
const FILE: &str = "baseline.toml";

const HEAD: &str = "# Findings that are known. `groundplan check` leaves them out; take a table out of \
    this file to see\n# its finding again. A finding is known by its document, its rule and its words, \
    not by its line.\n";

/// A finding as the file knows it: document, rule, message.
type Key = (String, String, String);

/// The known findings of one workspace, each with how often it stands.
#[derive(Debug)]
pub(crate) struct Baseline {
    root: PathBuf,
    known: BTreeMap<Key, usize>,
}

impl Baseline {
    /// The baseline of the workspace that `folder` lies in; an empty one where there is no file.
    pub(crate) fn of(folder: &Path) -> Result<Self, Failure> {
        let root = workspace_root(folder);
        let path = root.join(FOLDER).join(FILE);
        let text = read_if_there(&path, "baseline", "make it readable")?.unwrap_or_default();
        let known = parse(&text).map_err(|reason| {
            let message = format!("`{}` cannot be read: {reason}", printed(&path));
            Failure::new(message, "correct it, or write it anew: `groundplan init --baseline`")
        })?;
        Ok(Self { root, known })
    }

    /// A baseline of exactly these findings, for the workspace at `root`.
    pub(crate) fn recorded(root: &Path, findings: &[Diagnostic]) -> Self {
        let mut baseline = Self { root: root.to_owned(), known: BTreeMap::new() };
        for finding in findings {
            *baseline.known.entry(baseline.key(finding)).or_insert(0) += 1;
        }
        baseline
    }

    /// The findings that are not known, and how many are.
    pub(crate) fn split(&self, findings: Vec<Diagnostic>) -> (Vec<Diagnostic>, usize) {
        if self.known.is_empty() {
            return (findings, 0);
        }
        let (mut left, before) = (self.known.clone(), findings.len());
        let is_new = |finding: &Diagnostic| match left.get_mut(&self.key(finding)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        };
        let fresh: Vec<Diagnostic> = findings.into_iter().filter(is_new).collect();
        let known = before - fresh.len();
        (fresh, known)
    }

    /// Where the file lies, as it is printed.
    pub(crate) fn name(&self) -> String {
        printed(&self.root.join(FOLDER).join(FILE))
    }

    /// Writes the file.
    pub(crate) fn save(&self) -> Result<(), Failure> {
        let folder = self.root.join(FOLDER);
        let written = make(&folder).and_then(|()| write(&folder.join(FILE), &self.to_text()));
        written.map_err(|error| {
            let doing = format!("cannot write the baseline `{}`", self.name());
            Failure::io(doing, &error, "make `.groundplan` writable")
        })
    }

    fn key(&self, finding: &Diagnostic) -> Key {
        let path = printed(&path_within(&self.root, Path::new(&*finding.path)));
        (path, finding.rule.to_string(), finding.message.clone())
    }

    fn to_text(&self) -> String {
        let mut text = HEAD.to_owned();
        for ((path, rule, message), count) in &self.known {
            // What JSON escapes in a text, TOML reads.
            let [path, rule, message] =
                [path, rule, message].map(|it| serde_json::Value::from(it.as_str()).to_string());
            text.push_str(&format!("\n[[finding]]\npath = {path}\nrule = {rule}\n"));
            text.push_str(&format!("message = {message}\n"));
            if *count > 1 {
                text.push_str(&format!("count = {count}\n"));
            }
        }
        text
    }
}

fn parse(text: &str) -> Result<BTreeMap<Key, usize>, String> {
    let table: toml::Table = text.parse().map_err(|it: toml::de::Error| it.message().to_owned())?;
    let list = table.get("finding").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut known = BTreeMap::new();
    for entry in &list {
        let text = |key: &str| {
            let value = entry.get(key).and_then(Value::as_str);
            value.map(str::to_owned).ok_or_else(|| format!("a finding has no `{key}`"))
        };
        let count = entry.get("count").and_then(Value::as_integer).unwrap_or(1);
        let count = usize::try_from(count).map_err(|_| "`count` is a number from 1".to_owned())?;
        *known.entry((text("path")?, text("rule")?, text("message")?)).or_insert(0) += count;
    }
    Ok(known)
}

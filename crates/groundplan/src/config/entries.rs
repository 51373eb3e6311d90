//! The lists of tables of a configuration: settings for some documents, kinds, policies.

use std::path::{Path, PathBuf};

use groundplan_model::Severity;
use groundplan_model::policy::{Level, Policy};
use groundplan_model::profile::Kind;
use serde_json::{Map, Value};

use super::key::{self, kind};
use super::layer::{Entry, Layer, Origin, texts};
use super::{PathPattern, Problem};
use crate::disk::printed;
use crate::suggest::closest;

/// Paths that are meant, seen from a folder.
#[derive(Debug, Default)]
pub(super) struct Paths {
    folder: PathBuf,
    patterns: Vec<PathPattern>,
}

impl Paths {
    pub(super) fn of(origin: &Origin, list: &[String]) -> Self {
        // Those that cannot be read were reported when the file was read.
        let patterns = list.iter().filter_map(|it| PathPattern::parse(it.clone()).ok()).collect();
        Self { folder: origin.file.folder.clone(), patterns }
    }

    /// Whether a resolved path is meant.
    pub(super) fn mean(&self, path: &Path) -> bool {
        let Ok(inside) = path.strip_prefix(&self.folder) else { return false };
        let inside = printed(inside);
        self.patterns.iter().any(|it| it.matches(&inside))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }
}

/// The paths of a setting; `None` where it is not set.
pub(super) fn paths(layer: &Layer, list: &str) -> Option<Paths> {
    let setting = layer.settings.get(list)?;
    Some(Paths::of(&setting.origin, &texts(&setting.value)))
}

/// `[[per-file]]`
#[derive(Debug)]
pub(super) struct PerFile {
    pub(super) paths: Paths,
    pub(super) select: Option<Vec<String>>,
    pub(super) extend_select: Vec<String>,
    pub(super) ignore: Vec<String>,
    pub(super) preview: Option<bool>,
    pub(super) severity: Vec<(String, Option<Severity>)>,
}

/// `[[documents]]`
#[derive(Debug)]
pub(super) struct DocumentsEntry {
    pub(super) paths: Paths,
    pub(super) kind: Kind,
}

/// A rule of the team's own with the paths that it is for.
#[derive(Debug)]
pub(super) struct TeamEntry {
    pub(super) paths: Paths,
    pub(super) rule: std::sync::Arc<groundplan_analysis::TeamRule>,
}

fn of_list<'a>(layer: &'a Layer, list: &str) -> impl Iterator<Item = &'a Entry> {
    layer.entries.iter().filter(move |it| it.list == list)
}

pub(super) fn per_file(layer: &Layer, problems: &mut Vec<Problem>) -> Vec<PerFile> {
    let one = |entry: &Entry| {
        needed(entry, "paths", problems)?;
        Some(PerFile {
            paths: Paths::of(&entry.origin, &entry.texts("paths")),
            select: entry.value.get("select").map(texts),
            extend_select: entry.texts("extend-select"),
            ignore: entry.texts("ignore"),
            preview: entry.value.get("preview").and_then(Value::as_bool),
            severity: entry
                .value
                .get("severity")
                .and_then(Value::as_object)
                .map(by_rule)
                .unwrap_or_default(),
        })
    };
    of_list(layer, "per-file").filter_map(one).collect()
}

fn by_rule(map: &Map<String, Value>) -> Vec<(String, Option<Severity>)> {
    let words = map.iter().filter_map(|(name, word)| Some((name.clone(), word.as_str()?)));
    words.map(|(name, word)| (name, severity(word))).collect()
}

/// The severity of this word; `None` for `off`.
pub(super) fn severity(word: &str) -> Option<Severity> {
    [Severity::Error, Severity::Warning, Severity::Info].into_iter().find(|it| it.as_str() == word)
}

pub(super) fn documents(layer: &Layer, problems: &mut Vec<Problem>) -> Vec<DocumentsEntry> {
    let one = |entry: &Entry| {
        needed(entry, "paths", problems)?;
        needed(entry, "kind", problems)?;
        let kind = kind(entry.text("kind")?)?;
        Some(DocumentsEntry { paths: Paths::of(&entry.origin, &entry.texts("paths")), kind })
    };
    of_list(layer, "documents").filter_map(one).collect()
}

pub(super) fn policies(layer: &Layer, problems: &mut Vec<Problem>) -> Vec<Policy> {
    let one = |entry: &Entry| {
        needed(entry, "requires", problems)?;
        let text = |key: &str, default: &str| entry.text(key).unwrap_or(default).to_owned();
        Some(Policy {
            kind: text("kind", "requirement"),
            ids: PathPattern::parse(text("pattern", "*")).ok()?,
            requires: entry.value.get("requires").map(levels)?,
            waived: waived(entry),
            until: entry.text("until").map(str::to_owned),
        })
    };
    of_list(layer, "trace.policy").filter_map(one).collect()
}

fn levels(value: &Value) -> Vec<Vec<Level>> {
    let level = |it: &String| Level::named(it);
    let any = |it: &Value| texts(it).iter().filter_map(level).collect();
    value.as_array().into_iter().flatten().map(any).collect()
}

fn waived(entry: &Entry) -> std::collections::BTreeMap<String, String> {
    let waived = entry.value.get("waived").and_then(Value::as_object).into_iter().flatten();
    waived.filter_map(|(id, reason)| Some((id.clone(), reason.as_str()?.to_owned()))).collect()
}

/// A key without which a table means nothing.
pub(super) fn needed(entry: &Entry, key: &str, problems: &mut Vec<Problem>) -> Option<()> {
    if entry.value.contains_key(key) {
        return Some(());
    }
    let list = &entry.list;
    // A value that could not be read was reported, and only looks as if it were missing.
    let was_reported = problems.iter().any(|it| {
        it.is_error
            && it.file == entry.origin.file.name
            && it.message.contains(&format!("`{list}.{key}"))
    });
    if !was_reported {
        let message = format!("a table `[[{list}]]` has no `{key}`");
        problems.push(entry.origin.problem(message, format!("add `{key}` to it"), true));
    }
    None
}

/// Names of rules and groups that there are not.
pub(super) fn rule_names(layer: &Layer, team: &[TeamEntry], problems: &mut Vec<Problem>) {
    for it in &layer.rule_names {
        if let Some((message, help)) = unknown_rule(&it.name, team.iter()) {
            problems.push(it.origin.problem(message, help, false));
        }
    }
}

/// What is said about a name that is neither a rule nor a group; `None` for one that is.
pub(super) fn unknown_rule<'a>(
    name: &str,
    team: impl Iterator<Item = &'a TeamEntry>,
) -> Option<(String, String)> {
    let built_in = groundplan_analysis::ALL.iter().flat_map(|rule| [rule.name, rule.group]);
    let own = team.map(|it| it.rule.name.as_str());
    let known: Vec<&str> = built_in.chain(own).chain([groundplan_analysis::GROUP]).collect();
    if known.contains(&name) {
        return None;
    }
    let help = match closest(name, known.into_iter()) {
        Some(close) => format!("did you mean `{close}`? `groundplan rules` lists all"),
        None => "`groundplan rules` lists all".to_owned(),
    };
    Some((format!("there is no rule or group `{name}`"), help))
}

/// Kinds and patterns of a list that holds both.
pub(super) fn kinds_and_patterns(list: &[String]) -> (Vec<Kind>, Vec<String>) {
    let kinds = list.iter().filter_map(|it| key::kind(it)).collect();
    (kinds, list.iter().filter(|it| key::kind(it).is_none()).cloned().collect())
}

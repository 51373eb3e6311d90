//! `[[rule]]`: a team's own rules, from tables to what the evaluator takes.

use std::sync::Arc;

use groundplan_analysis::{
    ColumnDemand, Defined, Demand, GROUP, HeaderDemand, Pattern, SectionsDemand, TableDemand,
    TeamRule,
};
use groundplan_model::Severity;
use serde_json::{Map, Value};

use super::Problem;
use super::entries::{Paths, TeamEntry, kinds_and_patterns, needed, severity};
use super::layer::{Entry, Layer, texts};

/// The rules of a layer. Of two with one name the later one counts: a file may replace what it
/// extends.
pub(super) fn rules(layer: &Layer, problems: &mut Vec<Problem>) -> Vec<TeamEntry> {
    let mut rules: Vec<TeamEntry> = Vec::new();
    for entry in layer.entries.iter().filter(|it| it.list == "rule") {
        let Some(rule) = rule(entry, problems) else { continue };
        rules.retain(|it| it.rule.name != rule.rule.name);
        rules.push(rule);
    }
    rules
}

fn rule(entry: &Entry, problems: &mut Vec<Problem>) -> Option<TeamEntry> {
    needed(entry, "name", problems)?;
    let name = entry.text("name")?;
    if let Some((message, help)) = refused(name) {
        problems.push(entry.origin.problem(message, help, true));
        return None;
    }
    let demands = demands(entry);
    if demands.is_empty() {
        let message = format!("the rule `{name}` asks for nothing");
        let help = "give it a `table`, `sections`, a `header` or `forbid`".to_owned();
        problems.push(entry.origin.problem(message, help, false));
    }
    let (kinds, patterns) = kinds_and_patterns(&entry.texts("documents"));
    let rule = TeamRule {
        name: format!("{GROUP}/{name}"),
        kinds,
        severity: entry.text("severity").and_then(severity).unwrap_or(Severity::Warning),
        message: entry.text("message").map(str::to_owned),
        help: entry.text("help").map(str::to_owned),
        demands,
    };
    Some(TeamEntry { paths: Paths::of(&entry.origin, &patterns), rule: Arc::new(rule) })
}

/// Why a rule cannot have this name, and what to do.
fn refused(name: &str) -> Option<(String, String)> {
    let is_known = groundplan_analysis::ALL.iter().any(|it| it.name == name || it.group == name);
    let is_plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
    if is_known || name == GROUP {
        let message = format!("`{name}` is the name of a built-in rule or group");
        return Some((message, "give the rule another name".to_owned()));
    }
    let is_good = !name.is_empty() && name.chars().all(is_plain);
    (!is_good).then(|| {
        let message = format!("a rule cannot be named `{name}`");
        (message, "take small letters, digits and `-`".to_owned())
    })
}

fn demands(entry: &Entry) -> Vec<Demand> {
    let mut demands = Vec::new();
    let part = |key: &str| entry.value.get(key).and_then(Value::as_object);
    if part("table").is_some() || part("column").is_some() {
        demands.push(Demand::Table(table(part("table"), part("column"))));
    }
    if let Some(sections) = part("sections") {
        let (required, order) = (list(sections, "required"), flag(sections, "order"));
        demands.push(Demand::Sections(SectionsDemand { required, order }));
    }
    if let Some(it) = part("header") {
        demands.push(Demand::Header(header(it)));
    }
    let forbidden = entry.texts("forbid");
    if !forbidden.is_empty() {
        demands.push(Demand::Forbid(forbidden));
    }
    demands
}

fn table(table: Option<&Map<String, Value>>, column: Option<&Map<String, Value>>) -> TableDemand {
    let heading = table.and_then(|it| it.get("heading")).and_then(Value::as_str);
    let cells =
        column.into_iter().flatten().filter_map(|(title, it)| Some(cells(title, it.as_object()?)));
    let cells: Vec<ColumnDemand> = cells.collect();
    let mut columns = table.map(|it| list(it, "columns")).unwrap_or_default();
    if columns.is_empty() && heading.is_none() {
        // A table is known by its columns where nothing else is said.
        columns = cells.iter().map(|it| it.title.clone()).collect();
    }
    TableDemand { heading: heading.map(str::to_owned), columns, cells }
}

fn cells(title: &str, column: &Map<String, Value>) -> ColumnDemand {
    let text = |key: &str| column.get(key).and_then(Value::as_str);
    let named = |word: &str| Defined::ALL.iter().find(|it| it.as_str() == word).copied();
    ColumnDemand {
        title: title.to_owned(),
        required: flag(column, "required"),
        one_of: list(column, "one-of"),
        pattern: text("pattern").and_then(|it| Pattern::parse(it).ok()),
        unique: flag(column, "unique"),
        sorted: flag(column, "sorted"),
        number: flag(column, "number"),
        references: text("references").and_then(named),
    }
}

fn header(header: &Map<String, Value>) -> HeaderDemand {
    let named = |key: &str| header.get(key).and_then(Value::as_object).into_iter().flatten();
    let pattern = |it: &Value| Pattern::parse(it.as_str()?).ok();
    HeaderDemand {
        required: list(header, "required"),
        one_of: named("one-of").map(|(key, it)| (key.clone(), texts(it))).collect(),
        pattern: named("pattern")
            .filter_map(|(key, it)| Some((key.clone(), pattern(it)?)))
            .collect(),
    }
}

fn list(map: &Map<String, Value>, key: &str) -> Vec<String> {
    map.get(key).map(texts).unwrap_or_default()
}

fn flag(map: &Map<String, Value>, key: &str) -> bool {
    map.get(key).and_then(Value::as_bool).unwrap_or(false)
}

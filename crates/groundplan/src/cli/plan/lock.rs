//! `plan.lock.json`: what every endpoint does, in a form that only changes when that does.
//!
//! It is the plan's JSON without places, evidence and notes: a new line of prose in the document
//! changes nothing here, a new column, state or status does.

use std::path::{Path, PathBuf};

use groundplan_model::ServicePlan;
use serde_json::{Map, Value};

use super::json;
use crate::cli::Ui;
use crate::disk::{parent, printed as shown, read_if_there, write};
use crate::exit::{Exit, Failure, Outcome};
use crate::render::json::printed;
use crate::render::plural;

/// Members that say where something stands or why, not what is done.
const PLACES: [&str; 9] = [
    "line",
    "path_of_document",
    "evidence",
    "notes",
    "summary",
    "schema_version",
    "certainty",
    "title",
    "version",
];

/// The lock file beside a document.
pub(super) struct LockFile {
    path: PathBuf,
}

impl LockFile {
    pub(super) fn of(plan: &ServicePlan) -> Self {
        let folder = parent(Path::new(plan.source.path()));
        Self { path: folder.join("plan.lock.json") }
    }

    pub(super) fn write(&self, plan: &ServicePlan, ui: &mut Ui) -> Outcome {
        let name = shown(&self.path);
        write(&self.path, &printed(&locked(plan))).map_err(|error| {
            Failure::io(format!("cannot write `{name}`"), &error, "make its folder writable")
        })?;
        ui.note(&format!("{name}: {} kept.\n", plural(plan.routes.len(), "endpoint")));
        Ok(Exit::Clean)
    }

    /// Tells what differs between the file and the plan.
    pub(super) fn compare(&self, plan: &ServicePlan, ui: &mut Ui) -> Outcome {
        let name = shown(&self.path);
        let help = "`groundplan plan FILE --lock` writes it";
        let text = read_if_there(&self.path, "lock file", help)?;
        let text = text.ok_or_else(|| Failure::new(format!("there is no `{name}`"), help))?;
        let kept: Value = serde_json::from_str(&text)
            .map_err(|error| Failure::new(format!("`{name}` is no JSON: {error}"), help))?;
        let lines = differences(&kept, &locked(plan));
        for line in &lines {
            ui.print(&format!("{line}\n"))?;
        }
        let count = lines.len();
        ui.note(&match count {
            0 => format!("The plan is the one in {name}.\n"),
            _ => format!("{} from {name}; {help}.\n", plural(count, "difference")),
        });
        Ok(Exit::of_findings(count > 0))
    }
}

fn locked(plan: &ServicePlan) -> Value {
    let mut value = json::plan(plan);
    if let Value::Object(members) = &mut value {
        members.remove("path");
        members.remove("summary");
    }
    without_places(value)
}

fn without_places(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members.into_iter().filter(|(name, _)| !PLACES.contains(&name.as_str()));
            Value::Object(kept.map(|(name, value)| (name, without_places(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_places).collect()),
        other => other,
    }
}

/// One line an endpoint, resource or setting that differs.
fn differences(kept: &Value, now: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    for list in ["routes", "resources"] {
        let (kept, now) = (named(kept, list), named(now, list));
        for (name, value) in &now {
            match kept.get(name) {
                None => lines.push(format!("+ {name}")),
                Some(before) if before != value => {
                    lines.push(format!("~ {name}: {}", members(before, value)));
                }
                Some(_) => {}
            }
        }
        lines.extend(
            kept.keys().filter(|name| !now.contains_key(*name)).map(|it| format!("- {it}")),
        );
    }
    for name in ["base_path", "auth", "rate_limit", "quotas", "audit"] {
        if kept.get(name) != now.get(name) {
            lines.push(format!("~ {name}"));
        }
    }
    lines
}

/// The entries of a list by what they are called.
fn named(plan: &Value, list: &str) -> Map<String, Value> {
    let items = plan.get(list).and_then(Value::as_array);
    let name = |item: &Value| {
        let text = |name: &str| item.get(name).and_then(Value::as_str).unwrap_or("").to_owned();
        match list {
            "routes" => format!("{} {}", text("method"), text("path")),
            _ => format!("table {}", text("table")),
        }
    };
    items.into_iter().flatten().map(|item| (name(item), item.clone())).collect()
}

/// The members in which two values differ.
fn members(before: &Value, now: &Value) -> String {
    let (Value::Object(before), Value::Object(now)) = (before, now) else { return String::new() };
    let differs = now.iter().filter(|(name, value)| before.get(*name) != Some(value));
    let names: Vec<&str> = differs.map(|(name, _)| name.as_str()).collect();
    names.join(", ")
}

//! `groundplan rules`: every rule in a line.

use std::fmt::Write;

use groundplan_analysis::{ALL, Rule};
use serde_json::{Value, json};

use super::inspect::Shape;
use super::{Outcome, Run, Ui};
use crate::exit::Exit;
use crate::render::json::{SCHEMA_VERSION, printed};
use crate::ui::{DIM, STRONG, paint};

/// List every rule with its group, severity and what it finds
#[derive(clap::Parser)]
#[command(name = "rules")]
pub(crate) struct Rules {
    /// `text` for people, `json` for programs
    #[arg(alias = "output-format", long, value_name = "FORMAT", default_value = "text")]
    format: Shape,
}

impl Run for Rules {
    const EXAMPLES: &[(&str, &str)] =
        &[("rules", "for people"), ("rules --format json | jq -r '.rules[].name'", "names only")];

    fn run(self, ui: &mut Ui) -> Outcome {
        ui.print(&match self.format {
            Shape::Text => as_text(ui.styled()),
            Shape::Json => as_json(),
        })?;
        Ok(Exit::Clean)
    }
}

fn as_text(styled: bool) -> String {
    let width = ALL.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    let mut group = "";
    for rule in ALL {
        if rule.group != group {
            group = rule.group;
            let _ = writeln!(text, "{}", paint(styled, STRONG, group));
        }
        let severity = paint(styled, DIM, &format!("{:<7}", rule.severity.as_str()));
        let preview = if rule.preview { " (preview)" } else { "" };
        let _ = writeln!(text, "  {:<width$}  {severity}  {}{preview}", rule.name, rule.summary);
    }
    text
}

fn as_json() -> String {
    let rules: Vec<Value> = ALL.iter().map(|rule| one(rule)).collect();
    printed(&json!({ "schema_version": SCHEMA_VERSION, "rules": rules }))
}

fn one(rule: &Rule) -> Value {
    json!({
        "name": rule.name,
        "group": rule.group,
        "severity": rule.severity.as_str(),
        "summary": rule.summary,
        "fix": rule.fix.as_str(),
        "since": rule.since,
        "preview": rule.preview,
    })
}

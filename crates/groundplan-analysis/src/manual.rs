//! The manual of rules: the text of `docs/rules.md`.

use std::fmt::Write;

use crate::rules::{ALL, Rule};

const INTRODUCTION: &str = include_str!("manual.md");

/// Every rule with its page, by group.
pub fn manual() -> String {
    let mut text = INTRODUCTION.to_owned();
    text.push_str("\n| rule | group | severity | fix | finds |\n|---|---|---|---|---|\n");
    for rule in ALL {
        let Rule { name, group, summary, .. } = rule;
        let (severity, fix) = (severity(rule), rule.fix.as_str());
        // Writing to a String does not fail.
        let _ = writeln!(text, "| [{name}](#{name}) | {group} | {severity} | {fix} | {summary} |");
    }
    for rule in ALL {
        text.push('\n');
        text.push_str(&page(rule));
    }
    text
}

fn severity(rule: &Rule) -> String {
    let severity = rule.severity.as_str();
    if rule.by_status { format!("by status, {severity} at most") } else { severity.to_owned() }
}

/// The rule's page one heading level down, with a line of its facts under the name.
fn page(rule: &Rule) -> String {
    let mut text = String::new();
    let mut fence = None;
    for line in rule.page.lines() {
        let length = line.bytes().take_while(|byte| *byte == b'`').count();
        match fence {
            None if length >= 3 => fence = Some(length),
            Some(open) if length >= open && line.len() == length => fence = None,
            None if line.starts_with('#') => text.push('#'),
            _ => {}
        }
        let _ = writeln!(text, "{line}");
        if line.strip_prefix("# ") == Some(rule.name) {
            let (group, severity, fix) = (rule.group, severity(rule), rule.fix.as_str());
            let since = rule.since;
            let preview = if rule.preview { " · preview: off unless it is asked for" } else { "" };
            let facts = format!("*{group}* · {severity} · fix: {fix} · since {since}{preview}");
            let _ = write!(text, "\n{facts}\n");
        }
    }
    text
}

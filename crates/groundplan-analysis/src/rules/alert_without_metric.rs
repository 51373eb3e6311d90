//! `alert-without-metric`: an alert without a number to watch.

use groundplan_model::document::{Concept, Form, Section, Target};
use groundplan_model::{Document, Severity};

use super::{Check, FixKind, Rule};
use crate::lines::{Line, item, lines};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "alert-without-metric",
    group: "observability",
    summary: "an alert is about something that no metric measures",
    page: include_str!("alert_without_metric.md"),
    severity: Severity::Warning,
    by_status: true,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let metrics: Vec<&Target> = document
        .targets
        .iter()
        .filter(|it| document.form_of(it.statement) == Form::Table)
        .filter(|it| document.is_under(it.statement.start, Concept::Monitoring))
        .collect();
    let [first, _, ..] = metrics.as_slice() else { return };
    let known: Vec<String> = metrics.iter().flat_map(|it| words(&it.name.text)).collect();
    for alert in named(document) {
        let name = item(alert.text).unwrap_or_default();
        if !words(name).any(|it| known.contains(&it)) {
            findings
                .report(alert.span, format!("no metric measures what `{name}` is about"))
                .related(first.statement, "metrics are listed here")
                .help("name the metric and its threshold");
        }
    }
}

/// Items of a list of alerts that are names: a few words and no number.
fn named(document: &Document) -> Vec<Line<'_>> {
    let is_list =
        |it: &&Section| matches!(it.title.text.to_lowercase().as_str(), "alerts" | "alerting");
    let sections = document.sections.iter().filter(is_list);
    let all = sections.flat_map(|it| lines(document, it.span));
    all.filter(|line| {
        let name = item(line.text).unwrap_or_default();
        let is_short = (1..=4).contains(&name.split_whitespace().count());
        is_short && name.chars().all(|c| c.is_alphabetic() || c == ' ')
    })
    .collect()
}

/// Words that tell what is measured.
fn words(name: &str) -> impl Iterator<Item = String> {
    let all = name.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    all.filter(|it| {
        it.len() > 2 && !["high", "low", "usage", "time", "system"].contains(&it.as_str())
    })
}

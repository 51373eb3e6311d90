//! Targets and alert thresholds, from tables and list items.

mod metric;
mod quantity;

use groundplan_syntax::{Kind, NodeId, Row, Span};

use super::{Reading, Table, blocks};
use crate::document::{Concept, Quantity, Target, TargetRole, Text, Unit};

const METRIC: [&str; 8] =
    ["metric", "indicator", "measure", "kpi", "slo", "sli", "operation", "지표"];
const GOAL: [&str; 7] = ["target", "goal", "objective", "requirement", "slo", "목표", "budget"];
const ALERT: [&str; 4] = ["alert threshold", "alert", "alert when", "alert condition"];
const ALERT_NAME: [&str; 2] = ["alert", "alert name"];
const CONDITION: [&str; 4] = ["condition", "threshold", "trigger", "expression"];
const DESCRIPTION: [&str; 3] = ["description", "definition", "meaning"];

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut found = Vec::new();
    for table in &reading.tables {
        table_targets(reading, table, &mut found);
    }
    items(reading, &mut found);
    found.sort_by_key(|target| target.statement);
    reading.document.targets = found;
}

fn table_targets(reading: &Reading<'_>, table: &Table, found: &mut Vec<Target>) {
    let metric = table.column(&METRIC);
    if let (None, Some(name), Some(condition)) =
        (metric, table.column(&ALERT_NAME), table.column(&CONDITION))
    {
        for row in &table.view.rows {
            found.extend(target(reading, table, row, name, condition, TargetRole::Alert));
        }
        return;
    }
    let Some(name) = metric else { return };
    let alert = table.column(&ALERT).filter(|column| *column != name);
    let threshold = table.column(&["threshold"]).filter(|column| *column != name);
    let goal = table.column(&GOAL).filter(|column| *column != name);
    // Beside an alert a "Threshold" is what is promised; alone, it is when somebody is told.
    let goal = goal.or(threshold.filter(|_| alert.is_some()));
    let alert = alert.or(threshold.filter(|other| Some(*other) != goal));
    for row in &table.view.rows {
        for (column, role) in [(goal, TargetRole::Goal), (alert, TargetRole::Alert)] {
            let Some(column) = column else { continue };
            found.extend(target(reading, table, row, name, column, role));
        }
    }
}

fn target(
    reading: &Reading<'_>,
    table: &Table,
    row: &Row,
    name: usize,
    value: usize,
    role: TargetRole,
) -> Option<Target> {
    let name = reading.cell(row, Some(name))?;
    let value = reading.cell(row, Some(value))?;
    let about = table.column(&DESCRIPTION).and_then(|column| reading.cell(row, Some(column)));
    let about = about.map(|cell| cell.text).unwrap_or_default();
    Some(build(role, name, value, &about, row.span))
}

fn build(role: TargetRole, name: Text, value: Text, about: &str, statement: Span) -> Target {
    let context = format!("{} {about} {}", name.text, value.text).to_lowercase();
    let own = format!("{} {about}", name.text).to_lowercase();
    let kind = metric::metric(&own).or_else(|| metric::metric(&context));
    let kind = kind.unwrap_or_else(|| metric::other(&name.text));
    let percentile = metric::percentile(&context);
    let mut quantity = quantity::read(&value);
    if let Some(quantity) = &mut quantity {
        borrow_unit(quantity, about);
    }
    Target { role, metric: kind, name, percentile, quantity, statement }
}

/// A bare number takes its unit from the metric's description: `5xx errors/minute`, `>10`.
fn borrow_unit(quantity: &mut Quantity, about: &str) {
    let about = about.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| about.contains(word));
    if quantity.unit != Unit::Count {
    } else if says(&["/minute", "per minute", "/min"]) {
        quantity.unit = Unit::PerMinute;
    } else if says(&["/second", "per second", "/s", "rps"]) {
        quantity.unit = Unit::PerSecond;
    }
}

/// "- API response: < 200 ms" in a section about performance.
fn items(reading: &Reading<'_>, found: &mut Vec<Target>) {
    let tree = reading.tree;
    for node in tree.descendants(tree.root()) {
        let at = tree.span(node).start;
        if tree.kind(node) == Kind::Item && reading.is_under(at, &[Concept::Performance]) {
            found.extend(item(reading, node));
        }
    }
}

fn item(reading: &Reading<'_>, node: NodeId) -> Option<Target> {
    let tree = reading.tree;
    let span = match tree.children(node).next().map(|first| (tree.kind(first), first)) {
        Some((Kind::Paragraph, first)) => tree.span(first),
        _ => blocks::own_text(tree, node)?,
    };
    let line = reading.source.slice(span).lines().next()?;
    let (name, value) = line.split_once(':')?;
    let start = span.start as usize;
    let value_at = start + name.len() + 1;
    let lead = value.len() - value.trim_start_matches(['*', ' ']).len();
    let text = |text: &str, at: usize| {
        let clean = text.trim().trim_matches(['*', '`', ' ']).to_owned();
        Text { text: clean, span: Span::new(at, at + text.trim_end().len()) }
    };
    let value = text(value.get(lead..)?, value_at + lead);
    let found = build(TargetRole::Goal, text(name, start), value, "", span);
    let bound = found.quantity.as_ref()?;
    let compares = bound.comparator != crate::document::Comparator::Equal;
    (compares && bound.unit != Unit::Count).then_some(found)
}

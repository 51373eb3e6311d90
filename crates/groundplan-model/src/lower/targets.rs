//! Targets and alert thresholds, from tables, list items and sentences.

mod comparators;
mod items;
mod line;
mod metric;
mod name;
mod numbers;
mod quantity;
mod sentences;
#[cfg(test)]
mod tests;

use std::cell::LazyCell;

use groundplan_syntax::{Row, Span};

use super::{Reading, Table, ids, prose, scan};
use crate::Certainty;
use crate::document::{Comparator, Concept, Quantity, Target, TargetRole, Text, Unit};
use quantity::Bound;

const METRIC: [&str; 8] =
    ["metric", "indicator", "measure", "kpi", "slo", "sli", "operation", "지표"];
const GOAL: [&str; 7] = ["target", "goal", "objective", "requirement", "slo", "목표", "budget"];
const ALERT: [&str; 4] = ["alert threshold", "alert", "alert when", "alert condition"];
const ALERT_NAME: [&str; 4] = ["alert", "alert name", "alarm", "signal"];
const CONDITION: [&str; 4] = ["condition", "threshold", "trigger", "expression"];
const DESCRIPTION: [&str; 3] = ["description", "definition", "meaning"];

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut found = Vec::new();
    for table in &reading.tables {
        table_targets(reading, table, &mut found);
        requirement_rows(reading, table, &mut found);
        answers(reading, table, &mut found);
    }
    let goals = items::Goals::of(reading);
    let numbers = numbers::places(reading.text);
    items::read(reading, &goals, &numbers, &mut found);
    sentences::read(reading, &goals, &numbers, &mut found);
    found.sort_by_key(|target| target.statement);
    reading.document.targets = found;
}

fn table_targets(reading: &Reading<'_>, table: &Table, found: &mut Vec<Target>) {
    let metric = table.column(&METRIC);
    if let (None, Some(name), Some(condition)) =
        (metric, titled(table, &ALERT_NAME), titled(table, &CONDITION))
        && name != condition
    {
        for row in &table.view.rows {
            let first = target(reading, table, row, name, condition, TargetRole::Alert);
            let others = first.as_ref().map(further).unwrap_or_default();
            found.extend(first);
            found.extend(others);
        }
        return;
    }
    let Some(name) = metric else {
        promises(reading, table, found);
        return;
    };
    let alert = table.column(&ALERT).filter(|column| *column != name);
    let threshold = table.column(&["threshold"]).filter(|column| *column != name);
    let goal = table.column(&GOAL).filter(|column| *column != name);
    // Beside an alert a "Threshold" is what is promised; alone, it is when somebody is told.
    let goal = goal.or(threshold.filter(|_| alert.is_some()));
    let alert = alert.or(threshold.filter(|other| Some(*other) != goal));
    for row in &table.view.rows {
        for (column, role) in [(goal, TargetRole::Goal), (alert, TargetRole::Alert)] {
            let Some(column) = column else { continue };
            let Some(first) = target(reading, table, row, name, column, role) else { continue };
            let others = further(&first);
            found.push(first);
            found.extend(others);
        }
    }
}

/// A table of anything with a column of targets: rows whose target has a number with a unit, or one
/// that is enough: "50+".
fn promises(reading: &Reading<'_>, table: &Table, found: &mut Vec<Target>) {
    let goal = table.column(&["target", "goal", "목표"]).or_else(|| wanted_column(table));
    let Some(goal) = goal.filter(|it| *it > 0) else { return };
    for row in &table.view.rows {
        let first = target(reading, table, row, 0, goal, TargetRole::Goal);
        let is_bound =
            |it: &Quantity| it.unit != Unit::Count || it.comparator == Comparator::AtLeast;
        let is_one = |it: &Target| it.quantity.as_ref().is_some_and(is_bound);
        if let Some(first) = first.filter(is_one) {
            let others = further(&first);
            found.push(first);
            found.extend(others);
        }
    }
}

/// "Target Coverage", "Latency target": the last column that wants what it measures.
fn wanted_column(table: &Table) -> Option<usize> {
    let wants = |title: &String| {
        let is_wanted = ["target", "goal", "minimum"].iter().any(|it| prose::has_word(title, it));
        is_wanted && line::SHARE.iter().chain(&line::SPEED).any(|it| title.contains(it))
    };
    table.titles.iter().rposition(wants)
}

/// The first column whose title holds one of `words`, what stands in brackets left out.
fn titled(table: &Table, words: &[&str]) -> Option<usize> {
    table.titles.iter().position(|title| {
        let own = title.split('(').next().unwrap_or(title);
        words.iter().any(|word| prose::has_word(own, word))
    })
}

/// How many bounds of one cell are read, each of which has the cell's words: so many are no promise.
const MOST: usize = 100;

/// The bounds after a cell's first: "≤ 10 s cold, ≤ 2 s warm" promises twice.
fn further(first: &Target) -> Vec<Target> {
    let Some(quantity) = &first.quantity else { return Vec::new() };
    let raw = &quantity.raw;
    let bounds = quantity::bounds_without_windows(&raw.text).into_iter();
    let is_first = |it: &Bound| it.value == quantity.value && it.unit == quantity.unit;
    let others = bounds.skip_while(|it| !is_first(it)).skip(1);
    let compared = others.filter(|it| it.comparator.is_some() && it.unit != Unit::Count);
    let more = compared
        .take(MOST)
        .map(|it| Target { quantity: Some(quantity_of(&it, raw.clone())), ..first.clone() });
    more.collect()
}

/// Rows of a table of requirements that state a bound: `| NFR-1 | Search < 5 s |`.
fn requirement_rows(reading: &Reading<'_>, table: &Table, found: &mut Vec<Target>) {
    const WORDS: [&str; 3] = ["requirement", "description", "criterion"];
    let mut columns = WORDS.iter().filter_map(|word| table.column(&[word]));
    let stated = columns.find(|column| *column > 0);
    // A table that traces requirements repeats what it says of qualities in its second column.
    let Some(column) = stated.or_else(|| traced(table)) else { return };
    for row in &table.view.rows {
        let (Some(id), Some(words)) = (reading.cell(row, Some(0)), reading.cell(row, Some(column)))
        else {
            continue;
        };
        let Some(id) = ids::at_start(&id.text, 0) else { continue };
        // What is no function is a quality: there a number alone is a promise.
        let is_quality = id.prefix == "NFR" && stated.is_some();
        let bounds = quantity::bounds_without_windows(&words.text).into_iter();
        let bounds = bounds.filter(|it| it.unit != Unit::Count);
        // A column of targets has told it already.
        let is_told = |it: &Bound, target: &Target| {
            let same = |told: &Quantity| told.value == it.value && told.unit == it.unit;
            target.statement == row.span && target.quantity.as_ref().is_some_and(same)
        };
        let bounds = bounds.filter(|it| !found.iter().any(|target| is_told(it, target)));
        let kept: Vec<Bound> = bounds.filter(|it| it.comparator.is_some() || is_quality).collect();
        found.extend(kept.into_iter().take(MOST).map(|it| {
            let mut target = build(TargetRole::Goal, words.clone(), words.clone(), "", row.span);
            target.quantity = Some(quantity_of(&it, words.clone()));
            target.certainty = certainty(&it);
            target
        }));
    }
}

/// Rows of a table of anything else that bound what their first cell measures, in a section about
/// performance, or that say so: "| Build time | in batches; target < 5 min |".
fn answers(reading: &Reading<'_>, table: &Table, found: &mut Vec<Target>) {
    let has_digit = |it: Span| scan::next_digit(reading.source.slice(it), 0).is_some();
    for row in table.view.rows.iter().filter(|it| has_digit(it.span)) {
        if found.iter().any(|target| target.statement == row.span) {
            continue;
        }
        let Some(name) = reading.cell(row, Some(0)) else { continue };
        let measures = LazyCell::new(|| {
            metric::metric(&name.text.to_ascii_lowercase()).is_some()
                && reading.is_under(row.span.start, &[Concept::Performance])
        });
        let columns = (1..row.cells.len()).filter(|it| has_digit(row.cell_span(*it, reading.tree)));
        for cell in columns.filter_map(|column| reading.cell(row, Some(column))) {
            let bounds = quantity::bounds_without_windows(&cell.text).into_iter();
            let stated = bounds.filter(|it| it.comparator.is_some() && it.unit != Unit::Count);
            let kept = stated.filter(|it| *measures || is_announced(&cell.text, it));
            found.extend(kept.take(MOST).map(|it| {
                let target = build(TargetRole::Goal, name.clone(), cell.clone(), "", row.span);
                Target { quantity: Some(quantity_of(&it, cell.clone())), ..target }
            }));
        }
    }
}

/// Whether the word "target" leads to a bound.
fn is_announced(text: &str, bound: &Bound) -> bool {
    let before = text.get(..bound.start).unwrap_or("").trim_end_matches([' ', ':', '*']);
    before.to_ascii_lowercase().ends_with("target")
}

/// The second column of a table whose first holds ids.
fn traced(table: &Table) -> Option<usize> {
    let first = table.titles.first()?;
    let is_id = prose::has_word(first, "id") || prose::has_word(first, "requirement");
    (is_id && table.titles.len() >= 2).then_some(1)
}

/// A number with no comparison is a bound by what stands around it only.
fn certainty(bound: &Bound) -> Certainty {
    if bound.comparator.is_some() { Certainty::Stated } else { Certainty::Inferred }
}

fn quantity_of(bound: &Bound, raw: Text) -> Quantity {
    let comparator = bound.comparator.unwrap_or(bound.unsaid());
    Quantity { comparator, value: bound.value, unit: bound.unit, factor: bound.factor, raw }
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
    let context = format!("{} {about} {}", name.text, value.text).to_ascii_lowercase();
    let own = format!("{} {about}", name.text).to_ascii_lowercase();
    let kind = metric::metric(&own).or_else(|| metric::metric(&context));
    let kind = kind.unwrap_or_else(|| metric::other(&name.text));
    let percentile = metric::percentile(&context);
    let mut quantity = quantity::read(&value);
    if let Some(quantity) = &mut quantity {
        borrow_unit(quantity, about);
    }
    let certainty = Certainty::Stated;
    Target { role, metric: kind, name, percentile, quantity, statement, certainty }
}

/// A bare number takes its unit from the metric's description: `5xx errors/minute`, `>10`.
fn borrow_unit(quantity: &mut Quantity, about: &str) {
    let about = about.to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| about.contains(word));
    if quantity.unit != Unit::Count {
    } else if says(&["/minute", "per minute", "/min"]) {
        quantity.unit = Unit::PerMinute;
    } else if says(&["/second", "per second", "/s", "rps"]) {
        quantity.unit = Unit::PerSecond;
    }
}

//! Decision tables (`Decision | Options Considered | Choice`), logs (`Date | Decision | Rationale`)
//! and tables of alternatives (`Approach | Pros | Cons | Decision`).

use groundplan_syntax::Row;

use super::super::topics::Topic;
use super::super::{Reading, Table};
use super::{options, verdict, verdict_of};
use crate::document::{Choice, Decision};

const CHOICE: [&str; 8] = [
    "choice",
    "chosen",
    "chosen option",
    "selected",
    "selection",
    "selected approach",
    "our choice",
    "선택",
];
const AREA: [&str; 9] =
    ["decision", "area", "topic", "aspect", "question", "category", "concern", "layer", "feature"];
const OPTIONS: [&str; 7] = [
    "options considered",
    "options",
    "alternatives considered",
    "alternatives",
    "alternatives rejected",
    "rejected alternatives",
    "rejected",
];
const REASON: [&str; 7] =
    ["rationale", "reason", "reasoning", "why", "justification", "rationale / impact", "근거"];
const OPTION: [&str; 6] = ["approach", "option", "alternative", "solution", "alternatives", "대안"];
const VERDICT: [&str; 6] = ["decision", "verdict", "chosen", "selected", "status", "chosen?"];
/// Columns of reasons against: every row of such a table was rejected.
const AGAINST: [&str; 7] = [
    "why not",
    "why rejected",
    "reason rejected",
    "rejected because",
    "reason for rejection",
    "rejection reason",
    "why not chosen",
];

pub(super) fn read(reading: &Reading<'_>) -> Vec<Decision> {
    let mut found = Vec::new();
    for table in &reading.tables {
        let first = table.titles.first().map_or("", String::as_str);
        if OPTION.contains(&first) {
            found.extend(alternatives(reading, table));
        } else if let Some(choice) = table.column(&CHOICE) {
            found.extend(
                table.view.rows.iter().filter_map(|row| chosen(reading, table, row, choice)),
            );
        } else if let Some(decision) = table.column(&["decision", "결정"]) {
            found.extend(logged(reading, table, decision));
        }
    }
    found
}

/// A row with a column for the choice.
fn chosen(reading: &Reading<'_>, table: &Table, row: &Row, column: usize) -> Option<Decision> {
    let area = table.column(&AREA).filter(|it| *it != column);
    let first = (column != 0).then_some(0);
    let area = reading.cell(row, area.or(first)).map(|cell| cell.text).unwrap_or_default();
    let choice = reading.cell(row, Some(column))?.text;
    let offered = table.column(&OPTIONS).filter(|it| *it != column);
    let offered = reading.cell(row, offered).map(|cell| options(&cell.text, &choice));
    Some(Decision {
        area,
        choice: Some(choice),
        options: offered.unwrap_or_default(),
        span: row.span,
    })
}

/// Rows of a log: the decision's own words, beside a reason or a date.
fn logged(reading: &Reading<'_>, table: &Table, column: usize) -> Vec<Decision> {
    let has_reason = table.column(&REASON).or_else(|| table.column_with(&["rationale"])).is_some();
    let is_log = reading.topics.is_under(table.view.span.start, Topic::Decisions);
    if !has_reason && !is_log {
        return Vec::new();
    }
    let area = table.column(AREA.get(1..).unwrap_or(&[])).filter(|it| *it != column);
    let rows = table.view.rows.iter().filter_map(|row| {
        let choice = reading.cell(row, Some(column))?.text;
        let offered = reading.cell(row, table.column(&OPTIONS));
        let options = offered.map(|cell| options(&cell.text, &choice)).unwrap_or_default();
        let area = reading.cell(row, area).map(|cell| cell.text).unwrap_or_default();
        Some(Decision { area, choice: Some(choice), options, span: row.span })
    });
    rows.collect()
}

/// One decision with a row for each option.
fn alternatives(reading: &Reading<'_>, table: &Table) -> Option<Decision> {
    let verdicts = table.column(&VERDICT).filter(|it| *it != 0);
    let against = table.column(&AGAINST).or_else(|| table.column_with(&["rejected", "rejection"]));
    let weighed = table.column(&["pros", "advantages", "strengths", "cons", "장점"]);
    verdicts.or(against).or(weighed)?;
    let rows = table.view.rows.iter().filter_map(|row| {
        let cell = reading.cell(row, Some(0))?;
        let said = verdicts.and_then(|it| reading.cell(row, Some(it)));
        let told = said.map_or_else(|| verdict_of(&cell.text), |said| verdict(&said.text));
        let chosen = told.or(against.and(verdicts.is_none().then_some(false)));
        Some(Choice { name: cell.text, chosen })
    });
    let options: Vec<Choice> = rows.collect();
    let span = table.view.span;
    let area = reading.document.section_at(span.start).map(|it| it.title.text.clone());
    let taken = options.iter().find(|option| option.chosen == Some(true));
    let choice = taken.map(|option| option.name.clone());
    Some(Decision { area: area.unwrap_or_default(), choice, options, span })
}

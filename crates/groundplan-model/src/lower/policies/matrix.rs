//! Who may do what, read from a matrix: a row an action, a column a role, or the other way round.

use groundplan_syntax::Row;

use super::super::{Reading, Table};
use super::policy;
use crate::document::{Concept, Grant, Policy, PolicyKind};

/// Titles of a column of actions.
const ACTIONS: [&str; 12] = [
    "action",
    "actions",
    "operation",
    "operations",
    "endpoint",
    "permission",
    "permissions",
    "capability",
    "may",
    "can",
    "what",
    "activity",
];

const ROLES: [&str; 4] = ["role", "roles", "caller", "actor"];

/// Titles of a column for those who do not say who they are.
const NOBODY: [&str; 6] = ["anonymous", "public", "unauthenticated", "guest", "anyone", "visitor"];

/// Where a matrix may stand.
const SECTIONS: &[Concept] = &[Concept::Security, Concept::Api, Concept::Rules];

/// What a cell says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Yes,
    Own,
    No,
}

pub(super) fn read(reading: &Reading<'_>, found: &mut Vec<Policy>) {
    for table in &reading.tables {
        let Some(first) = table.titles.first().map(|it| it.trim_matches(['*', '`'])) else {
            continue;
        };
        let (by_row, by_column) = (ACTIONS.contains(&first), ROLES.contains(&first));
        if !(by_row || by_column) || !reading.is_under(table.view.span.start, SECTIONS) {
            continue;
        }
        match by_row {
            true => rows(reading, table, found),
            false => columns(reading, table, found),
        }
    }
}

/// A row an action.
fn rows(reading: &Reading<'_>, table: &Table, found: &mut Vec<Policy>) {
    let columns = marked(reading, table);
    let roles: Vec<(usize, &str)> =
        columns.iter().filter_map(|at| Some((*at, table.titles.get(*at)?.as_str()))).collect();
    if roles.len() < 2 {
        return;
    }
    for row in &table.view.rows {
        let cells = roles.iter().filter_map(|(at, role)| Some((*role, mark(reading, row, *at)?)));
        add(reading, row, text(reading, row, 0), &cells.collect::<Vec<_>>(), found);
    }
}

/// A row a role.
fn columns(reading: &Reading<'_>, table: &Table, found: &mut Vec<Policy>) {
    for at in marked(reading, table) {
        let Some(action) = table.titles.get(at) else { continue };
        let names: Vec<String> =
            table.view.rows.iter().map(|row| text(reading, row, 0).to_lowercase()).collect();
        let marks = table.view.rows.iter().filter_map(|row| mark(reading, row, at));
        let cells: Vec<(&str, Mark)> = names.iter().map(String::as_str).zip(marks).collect();
        if let Some(row) = table.view.rows.first() {
            add(reading, row, action.clone(), &cells, found);
        }
    }
}

/// The columns, but for the first, whose cells are all marks.
fn marked(reading: &Reading<'_>, table: &Table) -> Vec<usize> {
    let all = |at: &usize| table.view.rows.iter().all(|row| mark(reading, row, *at).is_some());
    (1..table.titles.len()).filter(|at| !table.view.rows.is_empty() && all(at)).collect()
}

fn add(
    reading: &Reading<'_>,
    row: &Row,
    action: String,
    cells: &[(&str, Mark)],
    found: &mut Vec<Policy>,
) {
    let action = action.trim().replace(['`', '*'], "").to_lowercase();
    let is_nobody = |role: &str| NOBODY.contains(&role);
    let sentence = reading.row(row);
    if cells.iter().any(|(role, mark)| is_nobody(role) && *mark == Mark::Yes) {
        found.push(policy(PolicyKind::Public { action }, &sentence, row.span));
        return;
    }
    let of = |wanted: Mark| -> Vec<String> {
        let those = cells.iter().filter(|(role, mark)| !is_nobody(role) && *mark == wanted);
        those.map(|(role, _)| one(role)).collect()
    };
    let (roles, own, none) = (of(Mark::Yes), of(Mark::Own), of(Mark::No));
    if roles.is_empty() && own.is_empty() || own.is_empty() && none.is_empty() {
        return;
    }
    let own = if none.is_empty() { vec!["owner".to_owned()] } else { own };
    found.push(policy(PolicyKind::Grant(Grant { action, roles, own }), &sentence, row.span));
}

/// A role in the singular, without marks.
fn one(role: &str) -> String {
    let role = role.trim().trim_matches(['*', '`']);
    let short = role.strip_suffix(" role").unwrap_or(role);
    short.strip_suffix('s').filter(|it| it.len() > 3).unwrap_or(short).to_owned()
}

fn text(reading: &Reading<'_>, row: &Row, column: usize) -> String {
    row.text(column, reading.tree, reading.text).into_owned()
}

/// What a cell says, where it says nothing else.
fn mark(reading: &Reading<'_>, row: &Row, column: usize) -> Option<Mark> {
    let text = text(reading, row, column).to_lowercase();
    let word = text.trim_matches(|c: char| c == '*' || c == '`' || c == '(' || c == ')');
    match word {
        "✓" | "✔" | "✔️" | "✅" | "☑" | "yes" | "y" | "x" | "allow" | "allowed" | "full"
        | "all" | "any" | "true" | "●" => Some(Mark::Yes),
        "" | "-" | "–" | "—" | "✗" | "✘" | "❌" | "no" | "n" | "deny" | "denied" | "none"
        | "false" => Some(Mark::No),
        "own" | "own only" | "own rows" | "own rows only" | "✓ own" | "✅ own" | "✓ (own"
        | "✅ (own" | "yes (own" | "own data" | "self" | "owner" => Some(Mark::Own),
        _ => None,
    }
}

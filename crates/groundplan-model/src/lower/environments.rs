//! Environments: rows and columns of tables, and names under headings about them.

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use groundplan_syntax::{Kind, NodeId};

use super::topics::Topic;
use super::{Reading, Table, labels};
use crate::document::Environment;

const COLUMNS: [&str; 4] = ["environment", "env", "environments", "환경"];
/// Usual names, in lower case; a heading or a label counts only by them.
const USUAL: [&str; 20] = [
    "development",
    "dev",
    "local",
    "local development",
    "test",
    "testing",
    "qa",
    "ci",
    "integration",
    "uat",
    "staging",
    "stage",
    "preview",
    "review",
    "sandbox",
    "demo",
    "canary",
    "pre-production",
    "production",
    "prod",
];

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut found = Vec::new();
    for table in &reading.tables {
        rows(reading, table, &mut found);
        columns(reading, table, &mut found);
    }
    let tree = reading.tree;
    for node in reading.topics.blocks(Topic::Environments, &reading.index) {
        match tree.kind(node) {
            Kind::Heading(_) | Kind::Paragraph => found.extend(labelled(reading, node)),
            Kind::List { .. } => {
                found.extend(tree.children(node).filter_map(|item| labelled(reading, item)));
            }
            _ => {}
        }
    }
    found.sort_by_key(|it: &Environment| it.span);
    let mut seen = HashSet::new();
    found.retain(|it| seen.insert(it.name.to_lowercase()));
    reading.document.environments = found;
}

/// A first column of environments; names in capitals are variables.
fn rows(reading: &Reading<'_>, table: &Table, found: &mut Vec<Environment>) {
    if table.titles.first().is_none_or(|title| !COLUMNS.contains(&title.as_str())) {
        return;
    }
    let names = table.view.rows.iter().filter_map(|row| reading.cell(row, Some(0)));
    let is_variable =
        |name: &str| name.contains('_') && !name.contains(char::is_lowercase) || name.contains('=');
    let cells = names.filter(|cell| !is_variable(&cell.text) && cell.text.len() <= 60);
    found.extend(cells.map(|cell| Environment { name: cell.text, span: cell.span }));
}

/// `| Resource | Development | Production |`: two usual names or more.
fn columns(reading: &Reading<'_>, table: &Table, found: &mut Vec<Environment>) {
    let is_usual = |title: &String| USUAL.contains(&title.as_str());
    if table.titles.iter().skip(1).filter(|title| is_usual(title)).count() < 2 {
        return;
    }
    let cells = table.view.header.cells.iter().zip(&table.titles).skip(1);
    let named = cells.filter(|(_, title)| is_usual(title)).map(|(cell, _)| reading.phrase(*cell));
    found.extend(named.map(|it| Environment { name: it.text, span: it.span }));
}

/// "**Development:**", "### Staging", "- **Production**: 3 nodes".
fn labelled(reading: &Reading<'_>, node: NodeId) -> Option<Environment> {
    let tree = reading.tree;
    let text = reading.source.slice(tree.span(node));
    let is_heading = matches!(tree.kind(node), Kind::Heading(_));
    let phrase = is_heading.then(|| tree.text(node, reading.text));
    let label = match &phrase {
        Some(title) => title.trim(),
        None => labels::split(text)?.label,
    };
    let name = label.trim_end_matches(" environment").trim_end_matches(" Environment");
    let is_usual = USUAL.iter().any(|usual| usual.eq_ignore_ascii_case(name));
    is_usual.then(|| Environment { name: name.to_owned(), span: tree.span(node) })
}

//! Threats: rows of threat and vulnerability tables, STRIDE lists, and items under headings about
//! threats.

#[cfg(test)]
mod tests;

use groundplan_syntax::{Kind, NodeId};

use super::clues::Clue;
use super::topics::Topic;
use super::{Reading, Table, blocks, labels};
use crate::document::Threat;

const NAME: [&str; 8] = [
    "threat",
    "threats",
    "vulnerability",
    "attack",
    "attack vector",
    "threat category",
    "stride",
    "위협",
];
const MITIGATION: [&str; 7] = [
    "mitigation",
    "mitigations",
    "countermeasure",
    "defense",
    "protection",
    "mitigation strategy",
    "대응",
];
const STRIDE: [&str; 7] = [
    "spoofing",
    "tampering",
    "repudiation",
    "information disclosure",
    "denial of service",
    "elevation of privilege",
    "privilege escalation",
];

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut found = Vec::new();
    for table in &reading.tables {
        rows(reading, table, &mut found);
    }
    stride(reading, &mut found);
    listed(reading, &mut found);
    found.sort_by_key(|it: &Threat| it.span);
    found.dedup_by_key(|it| it.span);
    reading.document.threats = found;
}

fn rows(reading: &Reading<'_>, table: &Table, found: &mut Vec<Threat>) {
    let Some(name) = table.column(&NAME) else { return };
    let mitigation = table.column(&MITIGATION).or_else(|| table.column_with(&["mitigation"]));
    if mitigation.is_none() && !reading.topics.is_under(table.view.span.start, Topic::Threats) {
        return;
    }
    found.extend(table.view.rows.iter().filter_map(|row| {
        let named = reading.cell(row, Some(name))?;
        let mitigation = reading.cell(row, mitigation).map(|cell| cell.text);
        Some(Threat { name: named.text, mitigation, span: row.span })
    }));
}

/// Items with one of STRIDE's six names as their label.
fn stride(reading: &Reading<'_>, found: &mut Vec<Threat>) {
    let triggers = reading.clues.of(Clue::Stride);
    if triggers.is_empty() {
        return;
    }
    let named = reading.index.items.iter().filter(|it| triggers.any_in(it.span));
    let threats = named.filter_map(|it| item(reading, it.node));
    let is_stride = |it: &Threat| {
        let name = it.name.to_lowercase();
        STRIDE.iter().any(|word| name.starts_with(word))
    };
    found.extend(threats.filter(is_stride));
}

/// Labelled items under headings about threats.
fn listed(reading: &Reading<'_>, found: &mut Vec<Threat>) {
    let tree = reading.tree;
    for node in reading.topics.blocks(Topic::Threats, &reading.index) {
        if matches!(tree.kind(node), Kind::List { .. }) {
            found.extend(tree.children(node).filter_map(|node| item(reading, node)));
        }
    }
}

fn item(reading: &Reading<'_>, node: NodeId) -> Option<Threat> {
    let tree = reading.tree;
    let span = blocks::lead(tree, node)?;
    let labelled = labels::split(reading.source.slice(span))?;
    let rest = labels::prose_text(labelled.rest);
    let rest = rest.strip_prefix("Mitigation:").map_or(rest.as_str(), str::trim).to_owned();
    let mitigation = (!labels::is_nothing(&rest)).then_some(rest);
    Some(Threat { name: labels::prose_text(labelled.label), mitigation, span })
}

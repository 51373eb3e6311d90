//! Dependencies: rows of tables with a service, a library or a piece of work, and items under
//! headings about them.

#[cfg(test)]
mod tests;

use groundplan_syntax::{Kind, NodeId, Row, Span};

use super::topics::Topic;
use super::{Reading, Table, blocks, labels};
use crate::document::Dependency;

/// Columns that name a dependency wherever the table stands.
const NAMED: [&str; 6] = [
    "dependency",
    "dependencies",
    "depends on",
    "external service",
    "external dependency",
    "의존성",
];
/// Columns that name one in a section about dependencies, or beside a promise of the other side.
const NAMES: [&str; 14] = [
    "service",
    "system",
    "package",
    "library",
    "module",
    "name",
    "feature",
    "component",
    "prd",
    "document",
    "item",
    "integration",
    "service/component",
    "라이브러리",
];
const KIND: [&str; 7] = [
    "type",
    "dependency type",
    "integration type",
    "integration",
    "protocol",
    "kind",
    "relationship",
];
const SLA: [&str; 5] = ["sla", "availability", "uptime", "expected sla", "slo"];
const FALLBACK: [&str; 6] = [
    "fallback",
    "fallback strategy",
    "fallback behavior",
    "fallback plan",
    "failure mode",
    "if unavailable",
];
const URL: [&str; 4] = ["url", "base url", "api url", "host url"];
const LIMIT: [&str; 4] = ["rate limit", "rate limits", "call limit", "outbound limit"];
const BREAKER: [&str; 2] = ["circuit breaker", "breaker"];
const TIMEOUT: [&str; 3] = ["timeout", "timeouts", "time-out"];
const RETRIES: [&str; 5] = ["retries", "retry", "retry policy", "retry strategy", "retry logic"];

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut found = Vec::new();
    for table in &reading.tables {
        if let Some(name) = name_column(reading, table) {
            let rows = table.view.rows.iter();
            found.extend(rows.filter_map(|row| dependency(reading, table, row, name)));
        }
    }
    for span in reading.topics.spans(Topic::Dependencies) {
        items(reading, span, &mut found);
    }
    found.sort_by_key(|it| it.span);
    reading.document.dependencies = found;
}

/// The column that names what is needed; `None` for a table about something else.
fn name_column(reading: &Reading<'_>, table: &Table) -> Option<usize> {
    let first = table.titles.first()?;
    if NAMED.contains(&first.as_str()) {
        return Some(0);
    }
    let promises = [table.column(&SLA), table.column(&FALLBACK)].into_iter().flatten();
    let about =
        promises.count() > 0 || reading.topics.is_under(table.view.span.start, Topic::Dependencies);
    (about && NAMES.contains(&first.as_str()) && table.titles.len() > 1).then_some(0)
}

fn dependency(reading: &Reading<'_>, table: &Table, row: &Row, name: usize) -> Option<Dependency> {
    let words = |names: &[&str]| {
        let column = table.column(names).filter(|column| *column != name)?;
        reading.cell(row, Some(column)).map(|cell| cell.text)
    };
    let named = reading.cell(row, Some(name)).filter(|cell| !labels::is_nothing(&cell.text))?;
    Some(Dependency {
        name: named.text,
        kind: words(&KIND),
        sla: words(&SLA),
        fallback: words(&FALLBACK),
        timeout: words(&TIMEOUT),
        retries: words(&RETRIES),
        url: words(&URL),
        limit: words(&LIMIT),
        breaker: words(&BREAKER),
        span: row.span,
    })
}

/// Items of a section about dependencies; "External Dependencies" gives them their kind.
fn items(reading: &Reading<'_>, section: Span, found: &mut Vec<Dependency>) {
    let tree = reading.tree;
    let mut kind = None;
    let mut is_about = true;
    for node in super::topics::blocks_in(&reading.index, section) {
        match tree.kind(node) {
            Kind::Heading(_) => {
                let title = tree.text(node, reading.text).to_lowercase();
                kind = ["external", "internal"].into_iter().find(|it| title.contains(it));
                let at = tree.span(node).start;
                is_about = at == section.start || kind.is_some() || title.contains("depend");
                // "Dependencies & Execution Order" tells how tasks follow each other.
                is_about &= !title.contains("order") && !title.contains("risk");
                is_about &= !super::topics::unnumbered(&title).starts_with("no ");
            }
            Kind::Paragraph => kind = label_kind(reading, node).or(kind),
            Kind::List { .. } if is_about => {
                let items = tree.children(node).filter_map(|it| item(reading, it, kind));
                found.extend(items);
            }
            _ => {}
        }
    }
}

/// "**External:**" above a list.
fn label_kind(reading: &Reading<'_>, node: NodeId) -> Option<&'static str> {
    let text = reading.tree.text(node, reading.text).to_lowercase();
    let is_label = text.len() < 60 && text.trim_end().ends_with(':');
    ["external", "internal"].into_iter().find(|it| is_label && text.contains(it))
}

fn item(reading: &Reading<'_>, node: NodeId, kind: Option<&str>) -> Option<Dependency> {
    let tree = reading.tree;
    let own = blocks::lead(tree, node)?;
    let text = labels::unsigned(reading.source.slice(own));
    let name = match labels::split(text) {
        // "Depends on: X" names X; "Blocks: X" names no dependency of this document.
        Some(it) if it.is(&["depends on", "requires", "dependency", "required"]) => it.rest,
        Some(it)
            if it.is(&["blocks", "blocked by", "none", "enables", "note", "depended on by"]) =>
        {
            return None;
        }
        Some(it) => it.label,
        None => text.lines().next()?,
    };
    let name = labels::prose_text(name.trim_end_matches('.'));
    let is_name = !name.is_empty() && name.len() <= 100 && !name.ends_with(':');
    let lower = name.to_lowercase();
    // "T-060 depends on T-059" orders tasks.
    let orders = lower.starts_with("no ") || lower.contains(" depend");
    if !is_name || orders || labels::is_nothing(&name) {
        return None;
    }
    let whole = tree.span(node);
    let value = |keys: &[&str]| labels::value(reading, whole, keys).map(|it| it.text);
    Some(Dependency {
        name,
        kind: kind.map(str::to_owned),
        sla: value(&SLA),
        fallback: value(&FALLBACK),
        timeout: value(&TIMEOUT),
        retries: value(&RETRIES),
        url: value(&URL),
        limit: value(&LIMIT),
        breaker: value(&BREAKER),
        span: own,
    })
}

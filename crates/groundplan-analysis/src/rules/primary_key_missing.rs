//! `primary-key-missing`: a table whose rows nothing tells apart.

use groundplan_model::schema::Table;
use groundplan_model::{Document, Severity};

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "primary-key-missing",
    group: "data",
    summary: "a table has no primary key, and the others have one",
    page: include_str!("primary_key_missing.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let tables = &document.schema.tables;
    // A schema without any key shows a part of each table.
    let Some(keyed) = tables.iter().find(|table| !table.primary_key.is_empty()) else { return };
    for table in tables.iter().filter(|it| it.primary_key.is_empty() && it.uniques.is_empty()) {
        if table.columns.len() < 2 || is_partial(document, table) {
            continue;
        }
        findings
            .report(table.span, format!("`{}` has no primary key", table.name))
            .related(keyed.span, format!("`{}` has one", keyed.name))
            .help("name the columns that tell its rows apart, or add an `id`");
    }
}

/// Whether the statement leaves columns out, or takes them from another table.
fn is_partial(document: &Document, table: &Table) -> bool {
    let text = document.source.text().get(table.span.start as usize..).unwrap_or("");
    let statement = text.split(';').next().unwrap_or("").to_uppercase();
    ["...", "…", "PARTITION", "LIKE ", " AS ", "INHERITS"].iter().any(|it| statement.contains(it))
}

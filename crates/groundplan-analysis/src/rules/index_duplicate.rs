//! `index-duplicate`: an index on columns that have one already.

use groundplan_model::schema::{Index, Schema};
use groundplan_model::{Document, Severity};
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "index-duplicate",
    group: "data",
    summary: "an index covers columns that another index or a key covers already",
    page: include_str!("index_duplicate.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let schema = &document.schema;
    for (at, index) in schema.indexes.iter().enumerate() {
        if index.unique || !is_plain(document, index) {
            continue;
        }
        let Some((span, by)) = of_key(schema, index).or_else(|| of_index(document, at, index))
        else {
            continue;
        };
        let (name, columns) = (&index.name, index.columns.join(", "));
        findings
            .report(
                index.span,
                format!("`{name}` on `{}({columns})` is covered already", index.table),
            )
            .related(span, by)
            .help("leave it out: each write keeps it up to date, and no query needs it");
    }
}

/// Whether the index is an ordinary one on columns: no method of its own, expression or condition.
fn is_plain(document: &Document, index: &Index) -> bool {
    let text = document.source.text().get(index.span.start as usize..).unwrap_or("");
    let statement = text.split(';').next().unwrap_or("").to_uppercase();
    let has_method = statement.contains(" USING ") && !statement.contains("BTREE");
    let more = [" WHERE ", " INCLUDE", "DESC", " OPS", "COLLATE"];
    !index.columns.is_empty()
        && index.condition.is_none()
        && !has_method
        && statement.matches('(').count() == 1
        && !more.iter().any(|word| statement.contains(word))
}

/// The primary key or the unique set that begins with the same columns.
fn of_key(schema: &Schema, index: &Index) -> Option<(Span, String)> {
    let table = schema.table(&index.table)?;
    if begins(&table.primary_key, &index.columns) {
        return Some((table.span, format!("the primary key of `{}`", table.name)));
    }
    let set = table.uniques.iter().find(|set| begins(set, &index.columns))?;
    let first = table.column(set.first()?)?;
    Some((first.span, format!("`{}` is unique", set.join("`, `"))))
}

/// Another index that begins with the same columns; the earlier one where both are the same.
fn of_index(document: &Document, at: usize, index: &Index) -> Option<(Span, String)> {
    let mut others = document.schema.indexes.iter().enumerate();
    let (_, found) = others.find(|(place, other)| {
        let longer = other.columns.len() > index.columns.len() || *place < at;
        let same_table = other.table.eq_ignore_ascii_case(&index.table);
        *place != at
            && longer
            && same_table
            && other.name != index.name
            && is_plain(document, other)
            && begins(&other.columns, &index.columns)
    })?;
    Some((found.span, format!("`{}` begins with the same columns", found.name)))
}

fn begins(all: &[String], first: &[String]) -> bool {
    all.len() >= first.len()
        && all.iter().zip(first).all(|(one, two)| one.eq_ignore_ascii_case(two))
}

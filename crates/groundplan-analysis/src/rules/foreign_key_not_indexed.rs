//! `foreign-key-not-indexed`: one key without an index among keys that have theirs.

use groundplan_model::Severity;
use groundplan_model::schema::{ForeignKey, Schema, Table};

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "foreign-key-not-indexed",
    group: "data",
    summary: "the schema has indexes, and a foreign key has none",
    page: include_str!("foreign_key_not_indexed.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let schema = &context.document.schema;
    let keys = schema.tables.iter().flat_map(|it| it.foreign_keys.iter().map(move |key| (it, key)));
    // A schema without any index leaves them to another place.
    let Some(index) = schema.indexes.first() else { return };
    for (table, key) in keys {
        let Some(column) = key.columns.first() else { continue };
        if is_indexed(schema, table, column) {
            continue;
        }
        let (name, to) = (&table.name, &key.table);
        let message = format!("`{name}.{column}` refers to `{to}` and has no index");
        findings
            .report(key.span, message)
            .related(index.span, "other columns have theirs")
            .help(advice(table, key, column));
    }
}

fn advice(table: &Table, key: &ForeignKey, column: &str) -> String {
    let (name, to) = (&table.name, &key.table);
    format!(
        "add an index on `{name}({column})`: each row deleted from `{to}` reads all of `{name}`"
    )
}

/// Whether an index, a primary key or a unique set begins with the column.
fn is_indexed(schema: &Schema, table: &Table, column: &str) -> bool {
    let begins = |columns: &Vec<String>| {
        columns.first().is_some_and(|first| first.eq_ignore_ascii_case(column))
    };
    let mut own = schema.indexes.iter().filter(|it| it.table.eq_ignore_ascii_case(&table.name));
    begins(&table.primary_key)
        || table.uniques.iter().any(begins)
        || own.any(|index| begins(&index.columns))
}

//! `timestamp-without-zone`: PostgreSQL columns that forget which zone their time is in.

use groundplan_model::schema::{Column, ColumnType, DefaultValue, Schema};
use groundplan_model::{Document, Severity};
use groundplan_syntax::Edit;

use super::{Check, FixKind, Rule};
use crate::text::counted;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "timestamp-without-zone",
    group: "data",
    summary: "PostgreSQL columns keep a time without its zone",
    page: include_str!("timestamp_without_zone.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::Unsafe,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let schema = &context.document.schema;
    let (zoned, bare): (Vec<&Column>, Vec<&Column>) =
        columns(schema).filter(|it| it.ty == ColumnType::Timestamp).partition(|it| is_zoned(it));
    let Some(first) = bare.first().filter(|_| is_postgres(schema)) else { return };
    let count = counted(bare.len(), "column keeps", "columns keep");
    let message = format!("{count} a time without its zone, `{}` first", first.name);
    let mut finding = findings.report(first.span, message);
    if let Some(other) = zoned.first() {
        finding = finding.related(other.span, format!("`{}` keeps it", other.name));
    }
    finding = finding.help("TIMESTAMPTZ keeps the moment; TIMESTAMP what a clock showed somewhere");
    let edits: Vec<Edit> = bare.iter().filter_map(|it| edit(context.document, it)).collect();
    if !edits.is_empty() {
        finding.unsafe_fix("make them TIMESTAMPTZ", edits);
    }
}

fn columns(schema: &Schema) -> impl Iterator<Item = &Column> {
    schema.tables.iter().chain(&schema.redefined).flat_map(|table| &table.columns)
}

fn is_zoned(column: &Column) -> bool {
    let declared = column.declared.to_uppercase();
    declared.contains("TZ") || declared.contains("WITH TIME ZONE")
}

/// Whether something of the schema is PostgreSQL's own. Other databases have no such type.
fn is_postgres(schema: &Schema) -> bool {
    let is_own = |column: &Column| {
        let declared = column.declared.to_uppercase();
        ["SERIAL", "BIGSERIAL", "UUID", "JSONB", "TIMESTAMPTZ", "BYTEA"].contains(&&*declared)
            || matches!(column.ty, ColumnType::Array)
            || matches!(column.default, Some(DefaultValue::NewUuid))
    };
    let is_other = |column: &Column| column.declared.to_uppercase().starts_with("DATETIME");
    columns(schema).any(is_own) && !columns(schema).any(is_other)
}

/// `TIMESTAMP` behind the column's name becomes `TIMESTAMPTZ`.
fn edit(document: &Document, column: &Column) -> Option<Edit> {
    let line = document.source.line_of(column.span.end as usize);
    let rest = document.source.slice(line).get((column.span.end - line.start) as usize..)?;
    let body = rest.trim_start();
    let word = body.get(..9).filter(|word| word.eq_ignore_ascii_case("TIMESTAMP"))?;
    let after = body.get(9..)?;
    let is_plain = !after.trim_start().to_uppercase().starts_with("WITHOUT")
        && !after.starts_with(|c: char| c.is_alphanumeric());
    let end = column.span.end as usize + (rest.len() - after.len());
    let tz = if word.starts_with('t') { "tz" } else { "TZ" };
    is_plain.then(|| Edit::insert(end, tz))
}

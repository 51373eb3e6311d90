//! `foreign-key-type-mismatch`: a key whose type is not that of the column that it refers to.

use groundplan_model::Severity;
use groundplan_model::schema::{Column, ColumnType, ForeignKey, Schema};

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "foreign-key-type-mismatch",
    group: "data",
    summary: "a foreign key has another type than the column that it refers to",
    page: include_str!("foreign_key_type_mismatch.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let schema = &context.document.schema;
    for table in schema.tables.iter().chain(&schema.redefined) {
        for key in &table.foreign_keys {
            let Some(target) = target(schema, key) else { continue };
            let Some(own) = key.columns.first().and_then(|name| table.column(name)) else {
                continue;
            };
            if family(own) == family(target) {
                continue;
            }
            let message = format!(
                "`{}.{}` is {}, but refers to a {}",
                table.name, own.name, own.declared, target.declared
            );
            let note = format!("`{}.{}` is {}", key.table, target.name, target.declared);
            findings
                .report(own.span, message)
                .related(target.span, note)
                .help("give both the same type");
        }
    }
}

/// The column that a key of one column refers to, where the document defines its table once.
fn target<'a>(schema: &'a Schema, key: &ForeignKey) -> Option<&'a Column> {
    let is_it = |name: &str| name.eq_ignore_ascii_case(&key.table);
    if key.columns.len() != 1 || schema.redefined.iter().any(|table| is_it(&table.name)) {
        return None;
    }
    let table = schema.table(&key.table)?;
    let name = key.referred.first().or_else(|| table.primary_key.first())?;
    table.column(name)
}

#[derive(PartialEq, Eq)]
enum Family {
    Type(ColumnType),
    Small,
    Big,
}

/// What two columns have to share so that one can refer to the other.
fn family(column: &Column) -> Family {
    let declared = column.declared.to_uppercase();
    match column.ty {
        ColumnType::Integer { .. } if declared.starts_with("BIG") => Family::Big,
        ColumnType::Integer { .. } => Family::Small,
        // CHAR(36) keeps a UUID as well as VARCHAR does.
        ref ty => Family::Type(ty.clone()),
    }
}

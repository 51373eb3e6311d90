//! `column-undefined`: SQL that names a column which its table does not have.

use groundplan_model::schema::Table;
use groundplan_model::{Document, Severity};

use super::{Check, FixKind, Rule};
use crate::index::Definition;
use crate::{Context, Findings, names};

pub(super) static RULE: Rule = Rule {
    name: "column-undefined",
    group: "data",
    summary: "a key, an index or a query names a column that its table does not have",
    page: include_str!("column_undefined.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for used in &context.document.schema.uses {
        let Some(column) = &used.column else { continue };
        let Some((document, table)) = definition(context, &used.table.text) else { continue };
        if table.columns.is_empty() || table.column(&column.text).is_some() {
            continue;
        }
        let message = format!("the table `{}` has no column `{}`", table.name, column.text);
        let note = format!("`{}` is defined here", table.name);
        let finding = findings.report(column.span, message).related_in(document, table.span, note);
        let columns = table.columns.iter().map(|it| it.name.as_str());
        match names::nearest(&column.text, columns) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => {
                finding.help(format!("add the column to `{}`, or correct the name", table.name))
            }
        };
    }
}

/// The only definition of a table, in this document or in one that belongs to it. Where there are
/// several, any of them may be meant; their differences are for `table-conflict`.
fn definition<'a>(context: &Context<'a>, name: &str) -> Option<(&'a Document, &'a Table)> {
    let own = context.document.schema.tables.iter();
    let mut own = own.filter(|table| table.name.eq_ignore_ascii_case(name));
    if let Some(first) = own.next() {
        return own.next().is_none().then_some((context.document, first));
    }
    let here = context.document.source.path();
    let mut others = context.index.definitions(here, name);
    let only = others.next().map(|it| (it.document, it.table))?;
    let is_other = |it: Definition<'_>| !std::ptr::eq(it.table, only.1);
    (!others.any(is_other)).then_some(only)
}

//! `column-undefined`: SQL that names a column which its table does not have.

use groundplan_model::schema::Table;
use groundplan_model::{Document, Severity};

use super::{FixKind, Rule};
use crate::{Context, Findings, names, paths};

pub(super) static RULE: Rule = Rule {
    name: "column-undefined",
    group: "data",
    summary: "a key, an index or a query names a column that its table does not have",
    page: include_str!("column_undefined.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    check,
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
    let own = tables(context.document, name);
    if !own.is_empty() {
        return only(own);
    }
    let here = context.document.source.path();
    let others = context.workspace.documents.iter();
    let near = others.filter(|document| paths::are_together(here, document.source.path()));
    only(near.flat_map(|document| tables(document, name)).collect())
}

fn tables<'a>(document: &'a Document, name: &str) -> Vec<(&'a Document, &'a Table)> {
    let all = document.schema.tables.iter();
    let named = all.filter(|table| table.name.eq_ignore_ascii_case(name));
    named.map(|table| (document, table)).collect()
}

fn only<T>(found: Vec<T>) -> Option<T> {
    let mut found = found.into_iter();
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

//! `column-undefined`: SQL that names a column which its table does not have.

use groundplan_model::Severity;
use groundplan_model::outline::OutlineTable;

use super::{Check, FixKind, Rule};
use crate::index::Definition;
use crate::{Findings, LinkedContext, names};

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
    check: Check::Linked(check),
};

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    for used in &context.outline.table_uses {
        let Some(column) = &used.column else { continue };
        let Some((path, table)) = definition(context, &used.table.text) else { continue };
        if table.columns.is_empty() || table.column(&column.text).is_some() {
            continue;
        }
        let message = format!("the table `{}` has no column `{}`", table.name, column.text);
        let note = format!("`{}` is defined here", table.name);
        let finding = findings.report(column.span, message).related_in(path, table.span, note);
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
fn definition<'a>(context: &LinkedContext<'a>, name: &str) -> Option<(&'a str, &'a OutlineTable)> {
    let own = context.outline.tables.iter().filter(|it| !it.again);
    let mut own = own.filter(|table| table.name.eq_ignore_ascii_case(name));
    if let Some(first) = own.next() {
        return own.next().is_none().then_some((context.outline.path.as_str(), first));
    }
    let mut others = context.index.definitions(&context.outline.path, name);
    let only = others.next().map(|it| (it.outline.path.as_str(), it.table))?;
    let is_other = |it: Definition<'_>| !std::ptr::eq(it.table, only.1);
    (!others.any(is_other)).then_some(only)
}

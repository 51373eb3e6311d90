//! `table-conflict`: one table with two definitions that differ.

use groundplan_model::Severity;
use groundplan_model::outline::OutlineColumn;

use super::{Check, FixKind, Rule};
use crate::index::Definition;
use crate::{Finding, Findings, LinkedContext};

pub(super) static RULE: Rule = Rule {
    name: "table-conflict",
    group: "data",
    summary: "a table is defined twice, with different columns",
    page: include_str!("table_conflict.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Linked(check),
};

/// How many differing columns are shown.
const SHOWN: usize = 3;

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    if context.outline.is_template {
        return;
    }
    for table in &context.outline.tables {
        let this = Definition { outline: context.outline, table };
        let Some(earlier) = earlier_definition(context, this) else { continue };
        let differing = differences(this, earlier);
        if !differing.is_empty() {
            report(this, earlier, &differing, findings);
        }
    }
}

/// The first definition of the same table that stands before `this`, by path and then by place: so
/// each definition is compared once.
fn earlier_definition<'a>(
    context: &LinkedContext<'a>,
    this: Definition<'_>,
) -> Option<Definition<'a>> {
    fn place<'b>(it: Definition<'b>) -> (&'b str, u32) {
        (&it.outline.path, it.table.span.start)
    }
    let all = context.index.definitions(&this.outline.path, &this.table.name);
    all.filter(|it| place(*it) < place(this)).min_by(|one, other| place(*one).cmp(&place(*other)))
}

/// A column that one of the definitions lacks, or whose types differ.
struct Difference<'a> {
    column: &'a OutlineColumn,
    path: &'a str,
    note: String,
}

fn differences<'a>(this: Definition<'a>, earlier: Definition<'a>) -> Vec<Difference<'a>> {
    let mut found = Vec::new();
    for column in &this.table.columns {
        let note = match earlier.table.column(&column.name) {
            None => format!("`{}` is only here", column.name),
            Some(other) if other.ty == column.ty => continue,
            Some(other) => {
                let OutlineColumn { name, declared, .. } = column;
                format!("`{name}` is {declared} here and {} there", other.declared)
            }
        };
        found.push(Difference { column, path: &this.outline.path, note });
    }
    for column in &earlier.table.columns {
        if this.table.column(&column.name).is_none() {
            let note = format!("`{}` is only here", column.name);
            found.push(Difference { column, path: &earlier.outline.path, note });
        }
    }
    found
}

fn report(
    this: Definition<'_>,
    earlier: Definition<'_>,
    differing: &[Difference<'_>],
    findings: &mut Findings<'_>,
) {
    let (name, count) = (&this.table.name, differing.len());
    let columns = if count == 1 { "column differs" } else { "columns differ" };
    let message = format!("the table `{name}` is defined twice, and {count} {columns}");
    let mut finding: Finding<'_> = findings.report(this.table.span, message);
    finding = finding.related_in(&earlier.outline.path, earlier.table.span, "the other definition");
    for difference in differing.iter().take(SHOWN) {
        let Difference { column, path, note } = difference;
        finding = finding.related_in(path, column.span, note.clone());
    }
    finding.help("keep one definition and link to it");
}

//! `updated-at-never-updated`: a time of change that nothing ever changes.

use groundplan_model::Severity;
use groundplan_model::schema::{Column, DefaultValue};

use super::{Check, FixKind, Rule};
use crate::lines::holds;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "updated-at-never-updated",
    group: "data",
    summary: "a column for the time of the last change has a default, and nothing sets it again",
    page: include_str!("updated_at_never_updated.md"),
    severity: Severity::Info,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// What sets such a column, in lower case.
const SETTERS: [&str; 6] =
    ["trigger", " on update ", "onupdate", "updated_at =", "updated_at=", "auto_now"];

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut columns = context.document.schema.tables.iter().flat_map(|table| &table.columns);
    let Some(first) = columns.find(|it| is_frozen(it)) else { return };
    if holds(context.lower(), &SETTERS) {
        return;
    }
    let others = columns.filter(|it| is_frozen(it)).count();
    let more = if others > 0 { format!(", as in {others} more tables") } else { String::new() };
    let message =
        format!("`{}` gets its value when the row is made, and never again{more}", first.name);
    findings
        .report(first.span, message)
        .help("say what sets it on a change: a trigger, or the code that writes the row");
}

/// Whether the column is about changes and its default is the time of the insert.
fn is_frozen(column: &Column) -> bool {
    let names = ["updated_at", "modified_at", "last_modified", "last_updated", "updated_on"];
    names.iter().any(|name| column.name.eq_ignore_ascii_case(name))
        && matches!(column.default, Some(DefaultValue::Now))
}

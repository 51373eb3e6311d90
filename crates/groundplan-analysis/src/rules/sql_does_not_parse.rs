//! `sql-does-not-parse`: SQL that is not SQL.

use groundplan_model::Severity;

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "sql-does-not-parse",
    group: "data",
    summary: "a SQL statement has a syntax error",
    page: include_str!("sql_does_not_parse.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for fault in &context.document.schema.faults {
        let message = format!("this SQL does not parse: {}", fault.text);
        let help = "correct the statement; only the columns that can be read of it count";
        findings.report(fault.span, message).help(help);
    }
}

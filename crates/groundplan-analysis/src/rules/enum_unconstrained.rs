//! `enum-unconstrained`: a column whose comment lists its values, and nothing that holds it to them.

use groundplan_model::Severity;
use groundplan_syntax::Edit;

use super::{Check, FixKind, Rule};
use crate::value_sets::{Listed, listed};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "enum-unconstrained",
    group: "data",
    summary: "a comment lists the values of a column, and no constraint holds the column to them",
    page: include_str!("enum_unconstrained.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::Unsafe,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for it in listed(context.document) {
        if it.column.allowed.is_empty() && !is_checked(&it) {
            report(&it, findings);
        }
    }
}

/// Whether a constraint of the table speaks of the column.
fn is_checked(it: &Listed<'_>) -> bool {
    it.table.checks.iter().any(|check| check.contains(&it.column.name))
}

fn report(it: &Listed<'_>, findings: &mut Findings<'_>) {
    let (name, count) = (&it.column.name, it.values.len());
    let message = format!("`{name}` has {count} values by its comment, but takes any text");
    let quoted: Vec<String> = it.values.iter().map(|value| format!("'{value}'")).collect();
    let check = format!(" CHECK ({name} IN ({}))", quoted.join(", "));
    let edit = Edit::insert(it.end, check);
    findings
        .report(it.column.span, message)
        .related(it.span, "the values")
        .help("let the database hold it to them, by a CHECK or an enumerated type")
        .unsafe_fix("add a CHECK with the values", vec![edit]);
}

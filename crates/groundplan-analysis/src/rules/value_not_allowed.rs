//! `value-not-allowed`: an example with a value that its column refuses.

use groundplan_model::Severity;
use serde_json::Value;

use super::{Check, FixKind, Rule};
use crate::names::nearest;
use crate::table_examples::Shown;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "value-not-allowed",
    group: "api",
    summary: "an example shows a value that is not among the column's allowed values",
    page: include_str!("value_not_allowed.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for Shown { table, column, member } in context.shown_columns() {
        let Value::String(text) = &member.value else { continue };
        if column.allowed.is_empty() || column.allowed.contains(text) || !is_value(text) {
            continue;
        }
        let allowed = column.allowed.join("`, `");
        let name = &column.name;
        let message = format!("`{name}` is `{text}` here, which the column does not allow");
        let note = format!("`{}.{name}` allows `{allowed}`", table.name);
        let finding = findings.report(member.span, message).related(column.span, note);
        match nearest(text, column.allowed.iter().map(String::as_str)) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help("show an allowed value, or allow this one"),
        };
    }
}

/// Whether the text is a word such as a state has: no choice (`a | b`), no stand-in.
fn is_value(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    !text.is_empty() && text.chars().all(is_part) && !matches!(text, "string" | "enum" | "text")
}

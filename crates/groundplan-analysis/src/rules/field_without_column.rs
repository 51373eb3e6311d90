//! `field-without-column`: a member of an example that is stored nowhere.

use groundplan_model::{Certainty, Severity};

use super::{Check, FixKind, Rule};
use crate::table_examples::unstored;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "field-without-column",
    group: "api",
    summary: "an example shows a member that no column of its table has",
    page: include_str!("field_without_column.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for it in unstored(context.document) {
        let name = it.member.path.last().map_or("", String::as_str);
        let message = format!("no column of `{}` keeps `{name}`", it.table.name);
        findings
            .report_as(Certainty::Inferred, it.member.span, message)
            .related(it.table.span, format!("the columns of `{}`", it.table.name))
            .help("add the column, or say what the value is made of");
    }
}

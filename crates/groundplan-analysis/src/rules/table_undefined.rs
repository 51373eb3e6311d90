//! `table-undefined`: SQL that names a table which no document defines.

use groundplan_model::outline::OutlineTable;
use groundplan_model::schema::NameUse;
use groundplan_model::{Certainty, Outline, Severity};

use super::{Check, FixKind, Rule};
use crate::{Findings, LinkedContext, names};

pub(super) static RULE: Rule = Rule {
    name: "table-undefined",
    group: "data",
    summary: "a key, an index or a query names a table that no document defines",
    page: include_str!("table_undefined.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Linked(check),
};

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    let outline = context.outline;
    // A document without tables of its own builds on a schema that stands elsewhere.
    if outline.tables.is_empty() {
        return;
    }
    let mut reported: Vec<&str> = Vec::new();
    for used in &outline.table_uses {
        let name = used.table.text.as_str();
        let known = reported.iter().any(|it| it.eq_ignore_ascii_case(name));
        if known || context.index.has_table(name) || is_rebuilt(outline, name) {
            continue;
        }
        reported.push(name);
        report(outline, used, findings);
    }
}

/// Whether the document defines the table's next form, to be filled from it and renamed: then it
/// stands in the database.
fn is_rebuilt(outline: &Outline, name: &str) -> bool {
    let forms = [format!("{name}_new"), format!("new_{name}")];
    let is_next = |it: &OutlineTable| forms.iter().any(|form| it.name.eq_ignore_ascii_case(form));
    outline.tables.iter().any(is_next)
}

fn report(outline: &Outline, used: &NameUse, findings: &mut Findings<'_>) {
    let NameUse { table, by, .. } = used;
    match names::nearest(&table.text, outline.tables.iter().map(|it| it.name.as_str())) {
        Some(near) => {
            let message = format!("no table is named `{}`", table.text);
            let finding = findings.report(table.span, message);
            let finding = match outline.table(near) {
                Some(OutlineTable { span, .. }) => {
                    finding.related(*span, format!("`{near}` is defined here"))
                }
                None => finding,
            };
            finding.help(format!("did you mean `{near}`?"));
        }
        // The table may well stand in the database already: worth a word, not a failed run.
        None => {
            let message = format!("no document defines the table `{}` of this {by}", table.text);
            findings
                .report_as(Certainty::Guessed, table.span, message)
                .at_most(Severity::Info)
                .help("define it, or say where it is defined");
        }
    }
}

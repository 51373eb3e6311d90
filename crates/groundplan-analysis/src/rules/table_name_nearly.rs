//! `table-name-nearly`: one table, singular in one document and plural in another.

use groundplan_model::outline::OutlineTable;
use groundplan_model::{Outline, Severity};

use super::{Check, FixKind, Rule};
use crate::{Findings, LinkedContext, mates, names};

pub(super) static RULE: Rule = Rule {
    name: "table-name-nearly",
    group: "data",
    summary: "two documents of one chain name the same table almost alike",
    page: include_str!("table_name_nearly.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Linked(check),
};

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    let outline = context.outline;
    if outline.is_template || outline.tables.is_empty() && outline.table_uses.is_empty() {
        return;
    }
    let ahead = mates::all(context).filter(|it| mates::place(it) < mates::place(outline));
    for other in ahead.filter(|it| !it.tables.is_empty()) {
        for (name, span) in names_of(outline) {
            let Some(there) = nearly(other, name).filter(|it| !is_named(outline, &it.name)) else {
                continue;
            };
            let file = mates::name(other, outline);
            findings
                .report(span, format!("the table `{name}` is named `{}` in `{file}`", there.name))
                .related_in(&other.path, there.span, "the other name")
                .help("use one name in all documents: it is the table's own");
        }
    }
}

/// Tables that a document defines or uses, each once.
fn names_of(outline: &Outline) -> Vec<(&str, groundplan_syntax::Span)> {
    let defined = outline.tables.iter().map(|it| (it.name.as_str(), it.span));
    let used = outline.table_uses.iter().map(|it| (it.table.text.as_str(), it.table.span));
    let mut found: Vec<(&str, groundplan_syntax::Span)> = Vec::new();
    for (name, span) in defined.chain(used) {
        if !found.iter().any(|(it, _)| it.eq_ignore_ascii_case(name)) {
            found.push((name, span));
        }
    }
    found
}

fn is_named(outline: &Outline, name: &str) -> bool {
    names_of(outline).iter().any(|(it, _)| it.eq_ignore_ascii_case(name))
}

/// The table that `name` almost names, where none has the name itself.
fn nearly<'a>(outline: &'a Outline, name: &str) -> Option<&'a OutlineTable> {
    if is_named(outline, name) {
        return None;
    }
    outline.tables.iter().find(|it| names::same_noun(&it.name, name))
}

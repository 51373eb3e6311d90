//! `template-column-missing`: a table without a column that its template's table has.

use groundplan_model::Severity;
use groundplan_model::template::Grid;

use super::{Check, FixKind, Rule};
use crate::text::counted;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "template-column-missing",
    group: "templates",
    summary: "a table lacks a column that the template's table has",
    page: include_str!("template_column_missing.md"),
    severity: Severity::Warning,
    by_status: true,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(templated) = context.templated() else { return };
    for (part, own) in templated.pairs() {
        for grid in &part.grids {
            let Some(own) = nearest(grid, &own.grids) else { continue };
            let missing: Vec<&str> = missing(grid, own);
            if missing.is_empty() {
                continue;
            }
            let (count, names) = (missing.len(), missing.join("`, `"));
            let word = counted(count, "column", "columns");
            let word = word.split_once(' ').map_or("", |it| it.1);
            let name = &templated.template.name;
            findings.report(own.header, format!("the table lacks the {word} `{names}`")).help(
                format!(
                    "add what the template `{name}` asks for, or `-` where there is nothing to say"
                ),
            );
        }
    }
}

fn missing<'a>(grid: &'a Grid, own: &Grid) -> Vec<&'a str> {
    let titles = grid.columns.iter().map(|it| it.title.as_str());
    titles.filter(|title| own.column(title).is_none()).collect()
}

/// The table that has most of the template's columns, and at least one.
fn nearest<'a>(grid: &Grid, own: &'a [Grid]) -> Option<&'a Grid> {
    let lacks = |it: &&Grid| missing(grid, it).len();
    own.iter().min_by_key(lacks).filter(|it| lacks(it) < grid.columns.len())
}

//! `updated-before-created`: a document that was changed before it was begun.

use groundplan_model::Severity;
use groundplan_model::document::HeaderField;

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "updated-before-created",
    group: "documents",
    summary: "the date of the last change lies before the date of creation",
    page: include_str!("updated_before_created.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

const CREATED: [&str; 5] =
    ["created", "date created", "created date", "creation date", "created on"];
const UPDATED: [&str; 6] =
    ["last updated", "updated", "last modified", "last update", "updated on", "date updated"];

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let find = |keys: &[&str]| {
        let field = keys.iter().find_map(|key| context.document.field(key))?;
        Some((iso_date(field)?, field))
    };
    let (Some((created, first)), Some((updated, last))) = (find(&CREATED), find(&UPDATED)) else {
        return;
    };
    if updated < created {
        let message = format!("last updated on {updated}, but created on {created}");
        findings
            .report(last.value.span, message)
            .related(first.value.span, "created here")
            .help("correct the date that is wrong");
    }
}

/// The date that the value begins with, as text: `2026-03-01` sorts as the days do.
fn iso_date(field: &HeaderField) -> Option<&str> {
    let date = field.value.text.trim().get(..10)?;
    let fits =
        |(at, c): (usize, char)| if at == 4 || at == 7 { c == '-' } else { c.is_ascii_digit() };
    date.chars().enumerate().all(fits).then_some(date)
}

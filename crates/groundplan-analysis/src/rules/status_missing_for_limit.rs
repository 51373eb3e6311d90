//! `status-missing-for-limit`: a rate limit, and error rows or contracts without 429.

use groundplan_model::document::{ErrorCase, PolicyKind};
use groundplan_model::{Document, Severity};

use super::{Check, FixKind, Rule};
use crate::endpoints::title;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "status-missing-for-limit",
    group: "errors",
    summary: "requests are limited, and error rows or contracts have no 429",
    page: include_str!("status_missing_for_limit.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let mut general = document.error_rows().filter(|case| case.endpoint.is_none());
    match document.error_rows().find(|case| case.status == 429) {
        Some(row) if row.endpoint.is_none() => contract(document, row, findings),
        Some(_) => {}
        // Named in a sentence, it is documented as well.
        None if document.source.text().contains("429") => {}
        None => {
            let limit = document.policies.iter();
            let mut limit = limit.filter(|it| matches!(it.kind, PolicyKind::RateLimit { .. }));
            let (Some(limit), Some(row)) = (limit.next(), general.next()) else { return };
            findings
                .report(limit.text.span, "requests are limited, and no error row answers 429")
                .related(row.span, "the error rows begin here")
                .help("add a row for 429, with `Retry-After`");
        }
    }
}

/// Reports the first operation where none of a contract has the status that a row has for all.
fn contract(document: &Document, row: &ErrorCase, findings: &mut Findings<'_>) {
    let operations = &document.operations;
    let has_it = operations.iter().any(|it| it.statuses.contains(&429));
    let Some(first) = operations.iter().find(|it| !it.statuses.is_empty()).filter(|_| !has_it)
    else {
        return;
    };
    let title = title(first.method, &first.path);
    findings
        .report(first.span, format!("429 is answered to every caller, and `{title}` has none here"))
        .related(row.span, "the row for 429")
        .help("add 429 to the operation's responses");
}

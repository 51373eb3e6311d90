//! `personal-data-without-retention`: personal data without a period.

use groundplan_model::Severity;
use groundplan_model::document::Retention;
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::lines::{Line, any, lines, with_words};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "personal-data-without-retention",
    group: "data",
    summary: "personal data is classified, and the periods of retention leave it out",
    page: include_str!("personal_data_without_retention.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let Some(kept) = document.retention.first() else { return };
    let is_named = |it: &Retention| any(&it.data.to_lowercase(), &PERSONAL);
    if document.retention.iter().any(is_named) {
        return;
    }
    for title in with_words(document, &["| Classification |"]) {
        let rest = Span::new(title.span.end as usize, document.source.text().len());
        let mut rows = lines(document, rest).take_while(|it| it.text.starts_with('|'));
        let is_personal = |it: &Line<'_>| any(&cell(it.text).to_lowercase(), &PERSONAL);
        if let Some(row) = rows.find(is_personal) {
            findings
                .report(row.span, format!("nothing says how long {} is kept", cell(row.text)))
                .related(kept.span, format!("{} has a period", kept.data))
                .help("add a row with its period");
        }
    }
}

const PERSONAL: [&str; 5] = ["pii", "personal", "customer", "user", "account"];

/// The first cell of a row, without its brackets.
fn cell(row: &str) -> &str {
    let first = row.split('|').nth(1).unwrap_or("");
    first.trim().trim_matches(['[', ']', '*'])
}

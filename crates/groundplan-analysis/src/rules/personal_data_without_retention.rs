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
        let is_kept = |it: &Line<'_>| document.retention.iter().any(|kept| is_about(kept, it));
        if let Some(row) = rows.find(|it| is_personal(it) && !is_kept(it)) {
            findings
                .report(row.span, format!("nothing says how long {} is kept", cell(row.text)))
                .related(kept.span, format!("{} has a period", kept.data))
                .help("add a row with its period");
        }
    }
}

const PERSONAL: [&str; 5] = ["pii", "personal", "customer", "user", "account"];

/// Whether the period is for what the row is about: `Files` for `Exported files (may hold personal
/// data)`.
fn is_about(kept: &Retention, row: &Line<'_>) -> bool {
    let data = kept.data.to_lowercase();
    let kept: Vec<&str> = words(&data).collect();
    let row = cell(row.text).to_lowercase();
    let row = row.split('(').next().unwrap_or("");
    words(row).any(|word| kept.contains(&word))
}

/// The words that name things.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words = words.map(|word| word.trim_end_matches('s'));
    words.filter(|word| word.len() > 3 && !["data", "information", "personal"].contains(word))
}

/// The first cell of a row, without its brackets.
fn cell(row: &str) -> &str {
    let first = row.split('|').nth(1).unwrap_or("");
    first.trim().trim_matches(['[', ']', '*'])
}

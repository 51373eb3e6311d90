//! `error-row-duplicate`: one error stated twice in one list.

use std::collections::HashMap;

use groundplan_model::Severity;
use groundplan_model::document::ErrorCase;

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "error-row-duplicate",
    group: "errors",
    summary: "one error stands twice in a list, or one code has two statuses",
    page: include_str!("error_row_duplicate.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let mut codes: HashMap<&str, &ErrorCase> = HashMap::new();
    let mut before: Option<&ErrorCase> = None;
    for case in document.error_rows() {
        if let Some(twin) = before.filter(|it| is_twin(it, case)) {
            let message = format!("{} stands here twice with the same meaning", case.status);
            findings
                .report(case.span, message)
                .related(twin.span, "the first one")
                .help("leave one out, or say how they differ");
        }
        before = Some(case);
        let Some(code) = code(document.source.slice(case.statement)) else { continue };
        let known = *codes.entry(code).or_insert(case);
        if known.status != case.status && known.endpoint == case.endpoint {
            findings
                .report(
                    case.span,
                    format!("`{code}` is {} here and {} elsewhere", case.status, known.status),
                )
                .related(known.span, format!("{} here", known.status))
                .help("give one code one status");
        }
    }
}

fn is_twin(one: &ErrorCase, other: &ErrorCase) -> bool {
    let meaning = |it: &ErrorCase| it.meaning.text.trim().to_lowercase();
    one.status == other.status
        && one.endpoint == other.endpoint
        && one.statement != other.statement
        && meaning(one) == meaning(other)
        && one.body == other.body
}

/// The only machine's name in a row: `ORDER_NOT_FOUND`.
fn code(row: &str) -> Option<&str> {
    let is_code = |word: &&str| {
        word.contains('_')
            && word.len() > 4
            && word.chars().all(|c| c.is_ascii_uppercase() || c == '_' || c.is_ascii_digit())
            && word.starts_with(|c: char| c.is_ascii_uppercase())
    };
    let mut codes = row.split(|c: char| !c.is_alphanumeric() && c != '_').filter(is_code);
    let code = codes.next()?;
    codes.next().is_none().then_some(code)
}

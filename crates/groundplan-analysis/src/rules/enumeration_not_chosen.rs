//! `enumeration-not-chosen`: a field that still has all its values, and none chosen.

use groundplan_model::Severity;
use groundplan_model::document::Form;
use groundplan_syntax::Span;
use memchr::memmem;

use super::{Check, FixKind, Rule};
use crate::text::shortened;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "enumeration-not-chosen",
    group: "templates",
    summary: "a field still lists the values to choose from",
    page: include_str!("enumeration_not_chosen.md"),
    severity: Severity::Error,
    by_status: true,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// Labels of what is one of several, in lower case. Others may well list what there is.
const ONE_OF: [&str; 14] = [
    "method",
    "deployment method",
    "deployment strategy",
    "strategy",
    "rollout strategy",
    "priority",
    "severity",
    "impact",
    "probability",
    "likelihood",
    "risk level",
    "log level",
    "complexity",
    "environment",
];

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    for field in &document.header {
        let is_status = field.key.to_lowercase().ends_with("status");
        if is_choice(&field.value.text, " | ") || is_status && is_choice(&field.value.text, " / ") {
            report(&field.key, field.value.span, &field.value.text, findings);
        }
    }
    let text = document.source.text();
    for at in
        memmem::find_iter(text.as_bytes(), "**: ").chain(memmem::find_iter(text.as_bytes(), ":** "))
    {
        let line = document.source.line_of(at);
        let Some((key, value)) = labelled(document.source.slice(line)) else { continue };
        let is_one = || ONE_OF.iter().any(|it| it.eq_ignore_ascii_case(key));
        if value.contains('/')
            && is_one()
            && is_choice(value, " / ")
            && document.form_of(line) != Form::Fence
        {
            let end = line.start as usize + document.source.slice(line).trim_end().len();
            report(key, Span::new(end - value.len(), end), value, findings);
        }
    }
}

fn report(key: &str, span: Span, values: &str, findings: &mut Findings<'_>) {
    let message = format!("nothing was chosen for `{key}`: `{}`", shortened(values));
    findings.report(span, message).help("keep the value that holds, and take the others out");
}

/// Whether a text is three or more short values and nothing else.
fn is_choice(text: &str, between: &str) -> bool {
    let mut count = 0;
    let are_short = text.split(between).all(|value| {
        count += 1;
        let value = value.trim();
        let is_name = value.starts_with(char::is_alphabetic) && !value.contains(['.', ':', '(']);
        is_name && value.split_whitespace().count() <= 3 && value.len() <= 24
    });
    are_short && count >= 3
}

/// `- **Method**: value` and `**Method:** value`.
fn labelled(line: &str) -> Option<(&str, &str)> {
    let body = line.trim().trim_start_matches(['-', '*', ' ']);
    let (key, value) = body.split_once("**")?;
    let key = key.trim_end_matches(':').trim();
    Some((key, value.trim_start_matches([':', ' '])))
}

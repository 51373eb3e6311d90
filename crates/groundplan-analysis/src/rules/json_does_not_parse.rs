//! `json-does-not-parse`: a JSON example that is not JSON.

use groundplan_model::Severity;

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "json-does-not-parse",
    group: "api",
    summary: "a JSON example has a syntax error",
    page: include_str!("json_does_not_parse.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    for example in document.examples.iter().filter(|example| !example.shape_only) {
        let Some(fault) = &example.fault else { continue };
        if shows_names(document.source.slice(example.span)) {
            continue;
        }
        let message = format!("this JSON does not parse: {}", fault.text);
        findings.report(fault.span, message).help("correct the example; nothing is read from it");
    }
}

/// Whether words stand outside of strings (`[x, y]`, `id: 1`, `← new`): such a block shows a shape
/// to people.
fn shows_names(json: &str) -> bool {
    let mut outside = String::new();
    let mut in_string = false;
    let mut escaped = false;
    for c in json.chars() {
        match c {
            '\n' => in_string = false,
            '"' if !escaped => in_string = !in_string,
            _ if !in_string => outside.push(c),
            _ => {}
        }
        escaped = c == '\\' && !escaped;
        if matches!(c, '"' | '\n') {
            outside.push(' ');
        }
    }
    let is_name = |word: &str| {
        word.starts_with(|c: char| c.is_alphabetic() || !c.is_ascii())
            && !matches!(word, "true" | "false" | "null")
    };
    outside.split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric()).any(is_name)
}

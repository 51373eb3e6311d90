//! `test-case-id-duplicate`: two test cases with one id.

use std::collections::HashMap;

use groundplan_model::Severity;
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::snippets::lines;
use crate::text::shortened;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "test-case-id-duplicate",
    group: "tests",
    summary: "two different test cases have one id",
    page: include_str!("test_case_id_duplicate.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// What ids of test cases begin with.
const PREFIX: &str = "TC-";

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let text = context.document.source.text();
    let places = memchr::memmem::find_iter(text.as_bytes(), PREFIX).next();
    if places.is_none() || context.is_template() {
        return;
    }
    let mut first: HashMap<&str, (Span, &str)> = HashMap::new();
    for (at, line) in lines(text) {
        let Some((from, id, title)) = case(line) else { continue };
        let span = Span::new(at + from, at + from + id.len());
        let (place, other) = *first.entry(id).or_insert((span, title));
        if place == span || is_alike(title, other) || is_code(context, span) {
            continue;
        }
        findings
            .report(span, format!("the test case `{id}` is defined twice"))
            .related(place, format!("`{id}` is \"{}\" here", shortened(other)))
            .help("give one of the two an id of its own");
    }
}

fn is_code(context: &Context<'_>, span: Span) -> bool {
    context.document.form_of(span) == groundplan_model::document::Form::Fence
}

/// `- [ ] **TC-012**: An order without a total is refused`: where the id is, and what follows.
fn case(line: &str) -> Option<(usize, &str, &str)> {
    let from = line.find(PREFIX)?;
    let is_lead = |c: char| matches!(c, ' ' | '-' | '*' | '#' | '[' | ']' | 'x' | '`' | '|' | '>');
    if !line.get(..from)?.chars().all(is_lead) {
        return None;
    }
    let rest = line.get(from..)?;
    let len = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))?;
    let id = rest.get(..len).filter(|it| it.ends_with(|c: char| c.is_ascii_alphanumeric()))?;
    let after = rest.get(len..)?.trim_start_matches(['*', '`', ' ']);
    let title = after.strip_prefix([':', '|', '–'])?.trim_matches(['*', ' ', '|', '\n', '\r']);
    (id.len() > PREFIX.len() && !title.is_empty()).then_some((from, id, title))
}

/// Titles are one where they begin alike: a summary shortens them.
fn is_alike(one: &str, other: &str) -> bool {
    const LETTERS: usize = 16;
    let letters = |text: &str| -> String {
        let kept = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
        kept.take(LETTERS).collect()
    };
    let (one, other) = (letters(one), letters(other));
    one.starts_with(&other) || other.starts_with(&one)
}

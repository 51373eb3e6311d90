//! `link-reference-undefined`: `[text][label]`, and no line that says where the label leads.

use std::collections::HashSet;

use groundplan_model::document::Form;
use groundplan_model::{Document, Severity};
use groundplan_syntax::Span;
use memchr::memmem;

use super::{Check, FixKind, Rule};
use crate::text::shortened;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "link-reference-undefined",
    group: "markdown",
    summary: "a link names a label that no line defines",
    page: include_str!("link_reference_undefined.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let text = document.source.text();
    let mut places = memmem::find_iter(text.as_bytes(), "][").peekable();
    if places.peek().is_none() {
        return;
    }
    let known = definitions(text);
    let mut seen = HashSet::new();
    for at in places {
        let Some((label, span)) = label(text, at) else { continue };
        let key = normal(label);
        if known.contains(&key) || !is_shown(document, span) || !seen.insert(key) {
            continue;
        }
        let message = format!("no line says where `[{}]` leads", shortened(label));
        findings
            .report(span, message)
            .help(format!("add a line `[{label}]: address`, or write the address into the link"));
    }
}

/// The labels that lines `[label]: address` define.
fn definitions(text: &str) -> HashSet<String> {
    let places = memmem::find_iter(text.as_bytes(), "]:");
    let found = places.filter_map(|at| {
        let line = text.get(..at)?.rsplit('\n').next()?;
        let label = line.trim_start_matches(['>', ' ', '-', '*']).strip_prefix('[')?;
        Some(normal(label))
    });
    found.collect()
}

/// The label of the link whose text ends at `at`, and the whole link. Brackets of other kinds, such
/// as patterns and lists of ids, have labels of digits and signs, or of capitals.
fn label(text: &str, at: usize) -> Option<(&str, Span)> {
    let before = text.get(..at)?;
    let start = before.rfind('[').filter(|from| !before.get(*from..).is_some_and(is_broken))?;
    let shown = before.get(start + 1..)?;
    let rest = text.get(at + 2..)?;
    let len = rest.find([']', '['])?;
    let own = rest.get(..len).filter(|_| rest.get(len..).is_some_and(|it| it.starts_with(']')))?;
    let label = if own.is_empty() { shown } else { own };
    let is_name = |c: char| c.is_alphanumeric() || " -_#.:/'".contains(c);
    let has_words = label.len() >= 3 && label.contains(char::is_lowercase);
    let reads = has_words && label.chars().all(is_name) && shown.contains(char::is_alphabetic);
    let is_own = !before.get(..start)?.ends_with([']', '\\', '`']);
    (reads && is_own && shown.len() > 2).then(|| (label, Span::new(start, at + 3 + len)))
}

/// Whether a link's text has what ends one.
fn is_broken(shown: &str) -> bool {
    shown.contains("\n\n") || shown.contains(']')
}

fn normal(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether readers see it: not in code, and not in a comment.
fn is_shown(document: &Document, span: Span) -> bool {
    let before = document.source.text().get(..span.start as usize).unwrap_or("");
    let in_comment = before.rfind("<!--") > before.rfind("-->");
    let line = before.rsplit('\n').next().unwrap_or("");
    let in_code = line.matches('`').count() % 2 == 1;
    document.form_of(span) != Form::Fence && !in_code && !in_comment
}

//! `error-body-inconsistent`: error answers that share no member.

use groundplan_model::document::{Example, ExampleRole};
use groundplan_model::{Document, Severity};
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::json_members::members;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "error-body-inconsistent",
    group: "errors",
    summary: "two error answers have bodies without a common member",
    page: include_str!("error_body_inconsistent.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// A body of an error answer: the names of its outer members.
struct Body {
    names: Vec<String>,
    span: Span,
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let bodies = bodies(context.document);
    let Some(first) = bodies.first() else { return };
    let shares = |it: &&Body| it.names.iter().any(|name| first.names.contains(name));
    let Some(other) = bodies.iter().find(|it| !shares(it)) else { return };
    let (here, there) = (listed(&other.names), listed(&first.names));
    findings
        .report(other.span, format!("an error is {here} here, and {there} elsewhere"))
        .related(first.span, format!("{there} here"))
        .help("give all errors one form, so that a client reads them with one piece of code");
}

fn listed(names: &[String]) -> String {
    format!("`{}`", names.join("`, `"))
}

fn bodies(document: &Document) -> Vec<Body> {
    let cells = document.error_rows().filter_map(|case| case.body.as_ref());
    let cells = cells.filter_map(|cell| {
        let text = document.source.slice(cell.span);
        let start = text.find('{')?;
        Some((text.get(start..)?, cell.span.start as usize + start, cell.span))
    });
    let failed = |it: &&Example| {
        matches!(it.role, ExampleRole::Response(Some(status)) if status >= 400)
            && it.value.is_some()
    };
    let examples = document.examples.iter().filter(failed).map(|it| {
        (
            document.source.slice(it.span),
            it.span.start as usize,
            document.source.line_of(it.span.start as usize),
        )
    });
    let all = cells.chain(examples).map(|(text, at, span)| Body { names: names(text, at), span });
    let mut found: Vec<Body> = all.filter(|it| !it.names.is_empty()).collect();
    found.sort_by_key(|it| it.span);
    found
}

fn names(text: &str, at: usize) -> Vec<String> {
    let outer = members(text, at).into_iter().filter(|it| it.path.len() == 1);
    outer.filter_map(|mut it| it.path.pop()).collect()
}

//! `unclosed-fence`: a code fence that no line closes.

use groundplan_model::Severity;
use groundplan_syntax::ProblemKind;

use super::{Check, FixKind, Rule};
use crate::text::counted;
use crate::{Context, Findings, fences};

pub(super) static RULE: Rule = Rule {
    name: "unclosed-fence",
    group: "markdown",
    summary: "a code fence is opened and never closed, so all text after it is code",
    page: include_str!("unclosed_fence.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let problems = document.problems.iter();
    for problem in problems.filter(|it| it.kind == ProblemKind::UnclosedFence) {
        // In a list item or a quote the fence ends where that ends.
        let Some(fence) = fences::broken(document, problem) else { continue };
        let swallowed = document.source.slice(fence.content).trim().lines().count();
        if swallowed == 0 {
            continue;
        }
        let span = document.source.line_of(problem.span.start as usize);
        let lines = counted(swallowed, "line after it is", "lines after it are");
        let message = format!("this fence is never closed: {lines} code");
        findings.report(span, message).help("close it with a fence line of the same length");
    }
}

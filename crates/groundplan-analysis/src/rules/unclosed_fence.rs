//! `unclosed-fence`: a code fence that no line closes.

use groundplan_model::Severity;
use groundplan_syntax::ProblemKind;

use super::{FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "unclosed-fence",
    group: "markdown",
    summary: "a code fence is opened and never closed, so all text after it is code",
    page: include_str!("unclosed_fence.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let source = &context.document.source;
    let problems = context.document.problems.iter();
    for problem in problems.filter(|it| it.kind == ProblemKind::UnclosedFence) {
        let first = source.line(problem.span.start as usize);
        let text = source.text().trim_end();
        let swallowed = source.line(text.len()).saturating_sub(first);
        if swallowed == 0 {
            continue;
        }
        let span = source.line_of(problem.span.start as usize);
        let lines = if swallowed == 1 { "line" } else { "lines" };
        let message = format!("this fence is never closed: {swallowed} {lines} after it are code");
        findings.report(span, message).help("close it with a fence line of the same length");
    }
}

//! `nested-fence`: a fence inside a fence of the same length.

use groundplan_model::{Document, Severity};
use groundplan_syntax::{Edit, Problem, ProblemKind, Span};

use super::{Check, FixKind, Rule};
use crate::{Context, Findings, fences};

pub(super) static RULE: Rule = Rule {
    name: "nested-fence",
    group: "markdown",
    summary: "a fence holds a fence of its own length, which ends it too early",
    page: include_str!("nested_fence.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::Safe,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    for problem in document.problems.iter().filter(|it| it.kind == ProblemKind::NestedFence) {
        let span = document.source.line_of(problem.span.start as usize);
        let message = "this fence holds fences of its own length: Markdown ends it at the first";
        let mut finding = findings.report(span, message);
        if let Some(inner) = problem.related {
            let inner = document.source.line_of(inner.start as usize);
            finding = finding.related(inner, "Markdown ends the block here");
        }
        finding = finding.help("make the outer fence longer than every fence inside");
        if let Some(edits) = longer_fence(document, problem) {
            finding.safe_fix("make the outer fence longer", edits);
        }
    }
}

/// Edits that give the outer fence one backtick more than the longest fence inside has.
fn longer_fence(document: &Document, problem: &Problem) -> Option<Vec<Edit>> {
    let source = &document.source;
    let outer = fences::broken(document, problem)?;
    let lines = source.slice(outer.content).lines().map(str::trim_start);
    let fence = "`".repeat(lines.map(backticks).max()? + 1);
    let closing = Span { start: outer.content.end, end: outer.span.end };
    let edit = |line: Span| {
        let text = source.slice(line);
        let start = line.start as usize + (text.len() - text.trim_start().len());
        Edit::replace(Span::new(start, start + backticks(text.trim_start())), fence.clone())
    };
    Some(vec![edit(outer.span), edit(closing)])
}

fn backticks(text: &str) -> usize {
    text.bytes().take_while(|byte| *byte == b'`').count()
}

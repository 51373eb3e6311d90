//! `template-example-left`: a fence that still holds the example of the template.

use groundplan_model::Severity;

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "template-example-left",
    group: "templates",
    summary: "an example of the template stands where the document's own should",
    page: include_str!("template_example_left.md"),
    severity: Severity::Error,
    by_status: true,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(templated) = context.templated() else { return };
    let examples = || templated.form.parts.iter().flat_map(|it| &it.blocks).filter(|it| !it.kept);
    for block in templated.shape.parts.iter().flat_map(|it| &it.blocks) {
        if examples().any(|example| example.is_left_in(&block.text)) {
            let line = context.document.source.line_of(block.span.start as usize);
            findings
                .report(line, "the template's example stands here still")
                .help("put your own in its place, or take it out");
        }
    }
}

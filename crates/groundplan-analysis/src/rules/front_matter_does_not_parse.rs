//! `front-matter-does-not-parse`: front matter that is not YAML.

use groundplan_model::Severity;

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "front-matter-does-not-parse",
    group: "markdown",
    summary: "the front matter is not YAML",
    page: include_str!("front_matter_does_not_parse.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(fault) = &context.document.front_matter_fault else { return };
    findings
        .report(fault.span, format!("the front matter is not YAML: {}", fault.text))
        .help("correct it; a value that holds `: `, `#` or begins with a bracket needs quotes");
}

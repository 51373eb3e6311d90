//! `path-parameter-undeclared`: a parameter of a path that its operation does not declare.

use groundplan_model::Severity;
use groundplan_model::document::ContractFaultKind;

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "path-parameter-undeclared",
    group: "api",
    summary: "an operation of an OpenAPI fragment does not declare a parameter of its path",
    page: include_str!("path_parameter_undeclared.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let faults = context.document.contract_faults.iter();
    for fault in faults.filter(|it| it.kind == ContractFaultKind::UndeclaredParameter) {
        let message =
            format!("the path has `{{{}}}`, and no parameter declares it", fault.text.text);
        findings
            .report(fault.text.span, message)
            .help("declare it under `parameters` with `in: path` and `required: true`");
    }
}

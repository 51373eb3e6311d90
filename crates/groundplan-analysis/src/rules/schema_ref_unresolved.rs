//! `schema-ref-unresolved`: a `$ref` to what the fragment does not have.

use groundplan_model::Severity;
use groundplan_model::document::ContractFaultKind;

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "schema-ref-unresolved",
    group: "api",
    summary: "an OpenAPI fragment refers to a part of itself that it does not have",
    page: include_str!("schema_ref_unresolved.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let faults = context.document.contract_faults.iter();
    for fault in faults.filter(|it| it.kind == ContractFaultKind::UnresolvedRef) {
        let message = format!("`{}` leads nowhere in this fragment", fault.text.text);
        findings
            .report(fault.text.span, message)
            .help("define it in the fragment, or refer to the file that does");
    }
}

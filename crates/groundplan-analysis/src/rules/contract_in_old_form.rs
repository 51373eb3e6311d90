//! `contract-in-old-form`: a fragment of OpenAPI 3 in the forms of Swagger 2.

use groundplan_model::Severity;
use groundplan_model::document::ContractFaultKind;

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "contract-in-old-form",
    group: "api",
    summary: "an OpenAPI fragment uses forms of Swagger 2 and does not say that it is Swagger 2",
    page: include_str!("contract_in_old_form.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let faults = &context.document.contract_faults;
    let mut old = faults.iter().filter(|it| it.kind == ContractFaultKind::OldForm);
    let Some(first) = old.next() else { return };
    let others = old.count();
    let more = match others {
        0 => String::new(),
        1 => ", and in one more place".to_owned(),
        count => format!(", and in {count} more places"),
    };
    let message = format!("`{}` stands here as in Swagger 2{more}", first.text.text);
    findings.report(first.text.span, message).help(advice(&first.text.text));
}

fn advice(key: &str) -> &'static str {
    match key {
        "type" => "put it under `schema`, or begin the fragment with `swagger: \"2.0\"`",
        _ => "put it under `content` and a media type, or begin with `swagger: \"2.0\"`",
    }
}

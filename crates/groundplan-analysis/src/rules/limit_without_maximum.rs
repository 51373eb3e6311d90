//! `limit-without-maximum`: a size of a page that a caller may set to anything.

use groundplan_model::document::{ContractFaultKind, Endpoint};
use groundplan_model::{Document, Severity};

use super::{Check, FixKind, Rule};
use crate::endpoints::title;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "limit-without-maximum",
    group: "api",
    summary: "a parameter says how many rows to answer, and nothing says how many at most",
    page: include_str!("limit_without_maximum.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

const ADVICE: &str = "state the largest value, and what a larger one gets";

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let faults = document.contract_faults.iter();
    for fault in faults.filter(|it| it.kind == ContractFaultKind::UnboundedLimit) {
        let message =
            format!("`{}` has no maximum: one request may ask for every row", fault.text.text);
        findings.report(fault.text.span, message).help(ADVICE);
    }
    let mut limited = document.endpoints.iter().filter_map(|it| Some((it, limit(it)?)));
    let Some((endpoint, name)) = limited.next().filter(|_| !has_maximum(document)) else { return };
    if document.is_external(endpoint) {
        return;
    }
    let title = title(endpoint.method, &endpoint.path);
    let message =
        format!("`{name}` of `{title}` has no maximum: one request may ask for every row");
    findings.report_as(endpoint.certainty, endpoint.span, message).help(ADVICE);
}

/// The parameter that bounds an endpoint's answer.
fn limit(endpoint: &Endpoint) -> Option<&str> {
    let is_it = |name: &&String| is_limit(&name.to_lowercase());
    endpoint.query.iter().find(is_it).map(String::as_str)
}

fn is_limit(name: &str) -> bool {
    matches!(name, "limit" | "page_size" | "pagesize" | "per_page" | "perpage" | "page-size")
}

/// Whether a line of the document speaks of the largest page.
fn has_maximum(document: &Document) -> bool {
    let words = ["max", "at most", "up to", "≤", "<=", "cap", "1-", "1–", "1..", "between", "le="];
    let names = ["limit", "page_size", "pagesize", "per_page", "perpage", "page size", "per page"];
    document.source.text().lines().any(|line| {
        let line = line.to_lowercase();
        names.iter().any(|name| line.contains(name)) && words.iter().any(|word| line.contains(word))
    })
}

//! `availability-not-promised`: what dependencies reach together, unsaid.

use groundplan_model::Severity;
use groundplan_model::document::{Metric, Target};

use super::sla_not_reachable::needed_share;
use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "availability-not-promised",
    group: "performance",
    summary: "dependencies promise availability, and the document promises none",
    page: include_str!("availability_not_promised.md"),
    severity: Severity::Info,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let all = document.dependencies.iter();
    let needed: Vec<_> = all.filter_map(|it| Some((it, needed_share(it)?))).collect();
    let [(first, _), (second, _), ..] = needed.as_slice() else { return };
    let is_promise = |it: &Target| {
        it.metric == Metric::Availability && !needed.iter().any(|(own, _)| own.span == it.statement)
    };
    if document.targets.iter().any(is_promise) {
        return;
    }
    let together = needed.iter().fold(100.0, |all, (_, share)| all * share);
    let message =
        format!("the dependencies together reach {together:.2} %, and nothing is promised");
    findings
        .report(first.span, message)
        .related(second.span, "the next one that has to be up at the same time")
        .help("promise an availability below it, or give dependencies a fallback");
}

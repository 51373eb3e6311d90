//! `link-to-superseded`: a document leans on one that was replaced.

use groundplan_model::chain::Stage;
use groundplan_model::{Outline, Severity};

use super::decision_superseded_cited::report;
use super::{Check, FixKind, Rule};
use crate::{Findings, LinkedContext};

pub(super) static RULE: Rule = Rule {
    name: "link-to-superseded",
    group: "documents",
    summary: "a document refers to requirements or a design that were superseded",
    page: include_str!("link_to_superseded.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Linked(check),
};

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    // The documents of a feature that was given up name one another.
    let is_own =
        |it: &Outline| context.linked.chain_mates(context.outline).any(|mate| mate.path == it.path);
    let is_meant = |it: &Outline| it.stage() != Stage::Supporting && !is_own(it);
    report(context, is_meant, "document", findings);
}

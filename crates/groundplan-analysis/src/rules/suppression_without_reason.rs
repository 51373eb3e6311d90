//! `suppression-without-reason`: a comment that does not say why.

use groundplan_model::Severity;

use super::{Check, FixKind, Rule};
use crate::suppression::{GROUP, Suppressions, Verb};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "suppression-without-reason",
    group: GROUP,
    summary: "a comment suppresses findings and does not say why; only where reasons are required",
    page: include_str!("suppression_without_reason.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let comments = Suppressions::of(context.document);
    let needs_none = |verb: Verb| matches!(verb, Verb::Enable | Verb::Unknown);
    let bare = comments.comments().iter();
    for comment in bare.filter(|it| it.reason.is_none() && !needs_none(it.verb)) {
        let message = "this comment does not say why it suppresses";
        findings.report(comment.span, message).help("write ` -- ` and the reason before its end");
    }
}

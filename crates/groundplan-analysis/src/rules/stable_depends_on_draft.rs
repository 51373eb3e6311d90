//! `stable-depends-on-draft`: what is agreed rests on what is not.

use groundplan_model::document::State;
use groundplan_model::profile::Kind;
use groundplan_model::{Outline, Severity};

use super::{Check, FixKind, Rule};
use crate::text::shortened;
use crate::{Findings, LinkedContext, mates, paths, references};

pub(super) static RULE: Rule = Rule {
    name: "stable-depends-on-draft",
    group: "documents",
    summary: "an approved document rests on a draft",
    page: include_str!("stable_depends_on_draft.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Linked(check),
};

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    let outline = context.outline;
    let Some(own) = outline.status.as_ref() else { return };
    // "Draft → approved" says where the document is going.
    let is_on_its_way = own.raw.text.contains(['→', '>']);
    if !own.state.is_some_and(State::is_settled) || is_on_its_way || outline.is_template {
        return;
    }
    for reference in context.references() {
        let target = reference.target;
        let Some(status) = target.status.as_ref() else { continue };
        if !is_open(target) || !rests_on(outline, target) {
            continue;
        }
        let (name, words) = (mates::name(target, outline), shortened(&status.raw.text));
        let here = shortened(&own.raw.text);
        findings
            .report(
                reference.span,
                format!("this document is `{here}` and rests on `{name}`: `{words}`"),
            )
            .related_in(&target.path, status.raw.span, "its status")
            .help("agree on that one first, or correct its status");
    }
}

fn is_open(target: &Outline) -> bool {
    !target.is_template && matches!(mates::state(target), Some(State::Draft | State::Review))
}

/// Whether a document is made from another one: it says so, its header names an earlier one of the
/// chain, or the other one is a decision.
fn rests_on(outline: &Outline, target: &Outline) -> bool {
    let names = |path: &str| {
        let resolved = paths::resolve(&outline.path, path);
        let name = paths::file_name(path);
        let is_same = references::is_distinct(name) && name == paths::file_name(&target.path);
        resolved == target.path || is_same
    };
    let sources = outline.provenance.iter().flat_map(|it| &it.sources);
    let is_source = sources.map(|it| it.path.as_str()).any(names);
    let is_upstream = target.stage() < outline.stage();
    is_source
        || target.kind == Kind::DecisionRecord && outline.kind != Kind::DecisionRecord
        || is_upstream && outline.header_links.iter().any(|it| names(it))
}

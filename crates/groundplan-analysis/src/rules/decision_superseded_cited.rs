//! `decision-superseded-cited`: a document leans on a decision that does not hold any more.

use groundplan_model::document::State;
use groundplan_model::profile::Kind;
use groundplan_model::{Outline, Severity};

use super::{Check, FixKind, Rule};
use crate::text::shortened;
use crate::{Findings, LinkedContext, mates, paths};

pub(super) static RULE: Rule = Rule {
    name: "decision-superseded-cited",
    group: "documents",
    summary: "a document refers to a decision that was superseded",
    page: include_str!("decision_superseded_cited.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Linked(check),
};

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    // A later record tells in its context what held before.
    if context.outline.kind != Kind::DecisionRecord {
        report(context, |it| it.kind == Kind::DecisionRecord, "decision", findings);
    }
}

/// Reports references to superseded documents that `is_meant` picks.
pub(super) fn report(
    context: &LinkedContext<'_>,
    is_meant: impl Fn(&Outline) -> bool,
    noun: &str,
    findings: &mut Findings<'_>,
) {
    let outline = context.outline;
    if mates::state(outline) == Some(State::Superseded) || is_list(&outline.path) {
        return;
    }
    for reference in context.references() {
        let target = reference.target;
        let is_gone = mates::state(target) == Some(State::Superseded) && !target.is_template;
        let Some(status) = target.status.as_ref().filter(|_| is_gone && is_meant(target)) else {
            continue;
        };
        if is_successor(outline, target) {
            continue;
        }
        let (name, words) = (mates::name(target, outline), shortened(&status.raw.text));
        findings
            .report(
                reference.span,
                format!("the {noun} `{name}` does not hold any more: `{words}`"),
            )
            .related_in(&target.path, status.raw.span, "its status")
            .help("refer to what replaced it, or say that this is about the past");
    }
}

/// Lists name what is old as well.
fn is_list(path: &str) -> bool {
    let name = paths::file_name(path).to_lowercase();
    ["readme", "index", "changelog", "history"].iter().any(|it| name.contains(it))
}

/// Whether a document is what came instead: it says so, or the old one links to it.
fn is_successor(outline: &Outline, old: &Outline) -> bool {
    let says = |key: &str| {
        let key = key.to_lowercase();
        key.contains("supersede") || key.contains("replace") || key.contains("amend")
    };
    let links = old.links.iter().map(|it| paths::resolve(&old.path, &it.path));
    let name = paths::file_name(&outline.path);
    let status = old.status.as_ref();
    outline.header.iter().any(|it| says(&it.key))
        || links.into_iter().any(|it| it == outline.path)
        || old.file_mentions.iter().any(|it| paths::file_name(&it.target) == name)
        || status.is_some_and(|it| it.raw.text.contains(name))
}

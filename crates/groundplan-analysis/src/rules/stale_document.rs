//! `stale-document`: the sections that a document was made from are not what they were.

use std::borrow::Cow;

use groundplan_model::staleness::{Found, StaleSource, stale, summary};
use groundplan_model::{Outline, Severity};

use super::{Check, FixKind, Rule};
use crate::{Findings, LinkedContext};

pub(super) static RULE: Rule = Rule {
    name: "stale-document",
    group: "documents",
    summary: "a document rests on sections of another one that changed since",
    page: include_str!("stale_document.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Linked(check),
};

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    let Outline { path, source_places, .. } = context.outline;
    let Some(made) = &context.outline.provenance else { return };
    let find = |path: &str| match context.linked.sections.get(path) {
        Some(sections) => Found::Sections(Cow::Borrowed(sections)),
        None if context.linked.files.exists(path) => Found::Unread,
        None => Found::Gone,
    };
    for stale in stale(path, made, source_places, find) {
        report(&stale, findings);
    }
}

fn report(stale: &StaleSource, findings: &mut Findings<'_>) {
    if stale.is_gone {
        let message = format!("this document was made from `{}`, which is gone", stale.path);
        let help = "name its new path here, or remove the line where it is no source any more";
        findings.report(stale.place, message).help(help);
        return;
    }
    let changed = summary(&stale.changes);
    let message = format!("`{}` is not what this document was made from: {changed}", stale.path);
    let mut finding = findings.report(stale.place, message).help(
        "derive it anew with the command that made it: what people wrote stays, and what \
         contradicts it is shown",
    );
    for change in &stale.changes {
        if let Some(place) = change.place {
            finding = finding.related_in(&stale.path, place, change.kind.as_str());
        }
    }
}

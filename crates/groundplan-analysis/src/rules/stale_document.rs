//! `stale-document`: the sections that a document was made from are not what they were.

use groundplan_model::Severity;
use groundplan_model::staleness::{StaleSource, stale_sources, summary};

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

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
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for stale in stale_sources(context.workspace, context.document) {
        report(&stale, findings);
    }
}

fn report(stale: &StaleSource<'_>, findings: &mut Findings<'_>) {
    let Some(source) = stale.document else {
        let message = format!("this document was made from `{}`, which is gone", stale.path);
        let help = "name its new path here, or remove the line where it is no source any more";
        findings.report(stale.place, message).help(help);
        return;
    };
    let changed = summary(&stale.changes);
    let message = format!("`{}` is not what this document was made from: {changed}", stale.path);
    let mut finding = findings.report(stale.place, message).help(
        "derive it anew with the command that made it: what people wrote stays, and what \
         contradicts it is shown",
    );
    for change in &stale.changes {
        if let Some(place) = change.place {
            finding = finding.related_in(source, place, change.kind.as_str());
        }
    }
}

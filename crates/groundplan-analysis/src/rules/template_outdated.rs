//! `template-outdated`: a document made from an older version of its template.

use groundplan_model::Severity;

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "template-outdated",
    group: "templates",
    summary: "the template has a newer version than the one that the document was made from",
    page: include_str!("template_outdated.md"),
    severity: Severity::Info,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(provenance) = &context.document.provenance else { return };
    let Some(made) = &provenance.template else { return };
    let template = context.templates().iter().find(|it| it.name == made.name);
    let Some(template) = template.filter(|it| it.version > made.version) else { return };
    let (name, old, new) = (&made.name, made.version, template.version);
    let path = context.document.source.path();
    findings
        .report(
            provenance.span,
            format!("made from version {old} of `{name}`; version {new} is here"),
        )
        .help(format!("`groundplan upgrade {path}` merges what changed"));
}

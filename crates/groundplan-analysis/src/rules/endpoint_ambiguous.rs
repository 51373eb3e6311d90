//! `endpoint-ambiguous`: an endpoint that can mean two tables, keys or states.

use groundplan_model::Severity;
use groundplan_model::service::NoteLevel;

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "endpoint-ambiguous",
    group: "api",
    summary: "an endpoint can mean two tables, two ways between tables, or two states",
    page: include_str!("endpoint_ambiguous.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// Rules of the plan that end in more than one candidate.
const RULES: [&str; 3] = ["D3", "D4", "D6"];

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(plan) = context.plan() else { return };
    for note in &plan.notes {
        if note.level == NoteLevel::Error && RULES.contains(&note.rule) {
            let message = format!("the endpoint is ambiguous: {}", note.message);
            let help = "name the table with `<!-- table: NAME -->` above the endpoint, or rename \
                        one of them";
            findings.report(note.span, message).help(help);
        }
    }
}

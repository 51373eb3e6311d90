//! `rule-block-broken`: a rule block that does not parse, or does not fit the tables.

use groundplan_model::Severity;
use groundplan_model::service::NoteLevel;

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "rule-block-broken",
    group: "api",
    summary: "a rule block does not parse, or names what the tables do not have",
    page: include_str!("rule_block_broken.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if context.document.rule_blocks.is_empty() {
        return;
    }
    let Some(plan) = context.plan() else { return };
    for note in &plan.notes {
        if note.level == NoteLevel::Error && note.rule == "D9.1" {
            let help = "docs/mapping.md tells the language of rule blocks";
            findings
                .report(note.span, format!("the rule does not hold: {}", note.message))
                .help(help);
        }
    }
}

//! `draft-behind-done-tasks`: all tasks are ticked, and the feature's document still says that nothing is done.

use groundplan_model::chain::Stage;
use groundplan_model::document::{Mark, State, Status};
use groundplan_model::{Outline, Severity};

use super::{Check, FixKind, Rule};
use crate::text::shortened;
use crate::{Findings, LinkedContext, mates};

pub(super) static RULE: Rule = Rule {
    name: "draft-behind-done-tasks",
    group: "tasks",
    summary: "every task is ticked, and the document that they build is still a draft",
    page: include_str!("draft_behind_done_tasks.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Linked(check),
};

/// From this many boxes on a list tells how far the work is.
const LEAST: usize = 3;

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    let outline = context.outline;
    // What the list says of itself is for `planned-with-all-done`.
    let is_list = outline.stage() == Stage::Tasks && !mates::is_unsettled(outline);
    if !is_list || outline.is_template || !is_done(outline) {
        return;
    }
    let Some((mate, status)) = unbegun(context) else { return };
    let (name, count) = (mates::name(mate, outline), outline.tasks.len());
    let words = shortened(&status.raw.text);
    let message = format!("all {count} boxes are ticked, but `{name}` still says `{words}`");
    findings
        .report(outline.heading(), message)
        .related_in(&mate.path, status.raw.span, "the status")
        .help("correct the status, or open the boxes of what is not done");
}

fn is_done(outline: &Outline) -> bool {
    let mut tasks = outline.tasks.iter().filter(|it| !it.struck);
    outline.tasks.len() >= LEAST && tasks.all(|it| it.mark == Mark::Done)
}

/// The first document of the chain that is a draft or planned. Where the list itself says that it is
/// done, "planned" is for `chain-status-conflict`.
fn unbegun<'a>(context: &LinkedContext<'a>) -> Option<(&'a Outline, &'a Status)> {
    let is_told = context.outline.status.is_some();
    let mut found = mates::main(context).filter(|it| it.stage() != Stage::Tasks);
    found.find_map(|it| {
        let state = mates::state(it)?;
        let is_behind = state == State::Draft || state == State::Planned && !is_told;
        Some((it, it.status.as_ref()?)).filter(|_| is_behind)
    })
}

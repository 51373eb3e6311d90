//! `planned-with-all-done`: a document that says it is not begun, and all of its boxes are ticked.

use groundplan_model::Severity;
use groundplan_model::document::{Mark, State};

use super::{Check, FixKind, Rule};
use crate::text::shortened;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "planned-with-all-done",
    group: "documents",
    summary: "the status says that the work is not begun, and every box is ticked",
    page: include_str!("planned_with_all_done.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// From this many boxes on they say more than the status does.
const ENOUGH: usize = 3;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let Some(status) = &document.status else { return };
    if !matches!(status.state, Some(State::Draft | State::Planned)) {
        return;
    }
    let items: Vec<_> = document.checklist.iter().filter(|item| !item.struck).collect();
    let all_done = items.iter().all(|item| item.mark == Mark::Done);
    let (Some(first), true) = (items.first(), items.len() >= ENOUGH && all_done) else { return };
    let words = shortened(&status.raw.text);
    let message = format!(
        "the status is `{words}`, but all {} boxes of the document are ticked",
        items.len()
    );
    findings
        .report(status.raw.span, message)
        .related(first.marker, "the first of them")
        .help("say in the status that the work is done, or untick what is not");
}

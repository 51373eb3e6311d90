//! `phase-status-conflict`: an overview says of a phase what its boxes refute.

use groundplan_model::Severity;
use groundplan_model::document::Mark;

use super::{Check, FixKind, Rule};
use crate::phases::{Pair, pairs};
use crate::text::{counted, shortened};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "phase-status-conflict",
    group: "tasks",
    summary: "an overview calls a phase done or not done, and its boxes say otherwise",
    page: include_str!("phase_status_conflict.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// Words and signs of a row, in lower case, by what they claim.
const DONE: [&str; 4] = ["✅", "complete", "done", "shipped"];
const NOT_DONE: [&str; 8] =
    ["⏳", "📋", "🔲", "⬜", "not started", "pending", "planned", "in progress"];
const NEITHER: [&str; 6] = ["partial", "mostly", "%", "except", "remaining", "optional"];

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    if document.phases.is_empty() || document.checklist.is_empty() || context.is_template() {
        return;
    }
    for pair in pairs(document) {
        let items = pair.items(document);
        let open: Vec<_> = items.iter().filter(|it| it.mark == Mark::Open).collect();
        let claim = claim(pair.words);
        let title = shortened(&pair.named.title);
        if claim == Some(true)
            && let Some(first) = open.first()
        {
            let boxes = counted(open.len(), "box is", "boxes are");
            let message = format!("the overview calls `{title}` done, but {boxes} open");
            report(&pair, first.marker, "open", message, findings);
        } else if claim == Some(false)
            && open.is_empty()
            && let Some(first) = items.first()
            && items.iter().all(|it| it.mark == Mark::Done)
        {
            let boxes = counted(items.len(), "box is", "boxes are");
            let message =
                format!("the overview says that `{title}` is not done, but its {boxes} ticked");
            report(&pair, first.marker, "ticked", message, findings);
        }
    }
}

fn report(
    pair: &Pair<'_>,
    place: groundplan_syntax::Span,
    note: &str,
    message: String,
    findings: &mut Findings<'_>,
) {
    findings
        .report(pair.named.span, message)
        .related(pair.section.title.span, "the phase's own heading")
        .related(place, note)
        .help("bring the overview up to date, or the boxes");
}

/// What the last cells of a row claim about the phase; the first one is its name.
fn claim(row: &str) -> Option<bool> {
    let row = row.trim().trim_matches('|');
    let cells = row.split_once('|').map_or("", |(_, rest)| rest).to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| cells.contains(word));
    match (says(&DONE), says(&NOT_DONE), says(&NEITHER)) {
        (true, false, false) => (!cells.contains("incomplete")).then_some(true),
        (false, true, false) => Some(false),
        _ => None,
    }
}

//! `settled-with-open-boxes`: a finished document with open boxes.

use groundplan_model::document::{ChecklistItem, Mark, State};
use groundplan_model::{Document, Severity};

use super::{Check, FixKind, Rule};
use crate::text::{counted, shortened};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "settled-with-open-boxes",
    group: "documents",
    summary: "the status says that all is done, and boxes are open",
    page: include_str!("settled_with_open_boxes.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// Words of headings, and of items, that a finished document may leave open.
const LATER: [&str; 11] = [
    "future",
    "later",
    "follow-up",
    "follow up",
    "deferred",
    "backlog",
    "optional",
    "out of scope",
    "next step",
    "nice to have",
    "not needed",
];
/// Words of a status that names what is still to come: who reads it is not misled.
const REST: [&str; 5] = ["awaiting", "pending", "partial", "⏳", "🚧"];
const SHOWN: usize = 3;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let Some(status) = &document.status else { return };
    // An approved design has its work before it: only boxes of an implemented one contradict it.
    // "Closed" is said of what was given up as well.
    let is_given_up = status.raw.text.trim().eq_ignore_ascii_case("closed");
    let text = &status.raw.text;
    if status.state != Some(State::Implemented) || is_given_up || names_a_rest(text) {
        return;
    }
    let items = document.checklist.iter();
    let open: Vec<&ChecklistItem> = items.filter(|item| is_open(document, item)).collect();
    if open.is_empty() {
        return;
    }
    let open_boxes = counted(open.len(), "box is", "boxes are");
    let (raw, total) = (&status.raw, document.checklist.len());
    let words = shortened(&raw.text);
    let message = format!("the status is `{words}`, but {open_boxes} open, of {total}");
    let mut finding = findings.report(raw.span, message);
    for item in open.iter().take(SHOWN) {
        finding = finding.related(item.marker, "open");
    }
    finding.help("tick what is done, strike out what was given up, or correct the status");
}

/// Whether a status says itself that not all is done: by its words, or as a way from one state to
/// another, such as `STUB → IMPL`.
fn names_a_rest(status: &str) -> bool {
    let status = status.to_lowercase();
    let arrow = status.split_once('→').or_else(|| status.split_once("->"));
    let is_way = arrow.is_some_and(|(from, _)| from.split_whitespace().count() == 1);
    is_way || REST.iter().any(|word| status.contains(word))
}

fn is_open(document: &Document, item: &ChecklistItem) -> bool {
    let at = item.marker.start;
    let mut around = document.sections.iter().filter(|it| it.span.start <= at && at < it.span.end);
    let is_later = |text: &str| {
        let text = text.to_lowercase();
        LATER.iter().any(|word| text.contains(word))
    };
    let mut put_off = || is_later(&item.text.text) || around.any(|it| is_later(&it.title.text));
    item.mark == Mark::Open && !item.struck && !put_off()
}

//! `settled-with-open-boxes`: a finished document with open boxes.

use groundplan_model::document::{ChecklistItem, Mark, State};
use groundplan_model::{Document, Severity};

use super::{FixKind, Rule};
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
    check,
};

/// Words of headings under which a finished document may keep open boxes.
const LATER: [&str; 10] = [
    "future",
    "later",
    "follow",
    "deferred",
    "backlog",
    "optional",
    "out of scope",
    "next",
    "nice to have",
    "v2",
];
const SHOWN: usize = 3;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let Some(status) = &document.status else { return };
    // An approved design has its work before it: only boxes of an implemented one contradict it.
    if status.state != Some(State::Implemented) {
        return;
    }
    let items = document.checklist.iter();
    let open: Vec<&ChecklistItem> = items.filter(|item| is_open(document, item)).collect();
    if open.is_empty() {
        return;
    }
    let (count, total) = (open.len(), document.checklist.len());
    let raw = &status.raw;
    let message = format!("the status is `{}`, but {count} of {total} boxes are open", raw.text);
    let mut finding = findings.report(raw.span, message);
    for item in open.iter().take(SHOWN) {
        finding = finding.related(item.marker, "open");
    }
    finding.help("tick what is done, strike out what was given up, or correct the status");
}

fn is_open(document: &Document, item: &ChecklistItem) -> bool {
    let at = item.marker.start;
    let mut around = document.sections.iter().filter(|it| it.span.start <= at && at < it.span.end);
    let is_later = around.any(|section| {
        let title = section.title.text.to_lowercase();
        LATER.iter().any(|word| title.contains(word))
    });
    item.mark == Mark::Open && !item.struck && !is_later
}

//! `quality-box-open`: an approved document whose quality checklist is not ticked off.

use groundplan_model::Severity;
use groundplan_model::document::{ChecklistItem, Mark, State};

use super::{Check, FixKind, Rule};
use crate::text::{counted, shortened};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "quality-box-open",
    group: "templates",
    summary: "the document is approved, and boxes of its quality checklist are open",
    page: include_str!("quality_box_open.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

const SHOWN: usize = 3;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    // All boxes of an implemented document are the business of `settled-with-open-boxes`.
    let status = document.status.as_ref().filter(|it| it.state == Some(State::Approved));
    let Some(status) = status else { return };
    let is_checklist = |title: &str| title.to_lowercase().contains("quality checklist");
    let sections = document.sections.iter().filter(|it| is_checklist(&it.title.text));
    for section in sections {
        let inside = |it: &&ChecklistItem| section.span.contains(it.marker);
        let items: Vec<&ChecklistItem> = document.checklist.iter().filter(inside).collect();
        let open: Vec<&&ChecklistItem> =
            items.iter().filter(|it| it.mark == Mark::Open && !it.struck).collect();
        if open.is_empty() {
            continue;
        }
        let (boxes, words) =
            (counted(open.len(), "box is", "boxes are"), shortened(&status.raw.text));
        let message = format!(
            "the status is `{words}`, but {boxes} open in the quality checklist, of {}",
            items.len()
        );
        let mut finding = findings.report(status.raw.span, message);
        for item in open.iter().take(SHOWN) {
            finding = finding.related(item.marker, "open");
        }
        finding.help("look into what is open, tick it or strike it out, or correct the status");
    }
}

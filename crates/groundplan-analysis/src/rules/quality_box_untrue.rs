//! `quality-box-untrue`: a ticked box that says a section is complete which is not.

use groundplan_model::Severity;
use groundplan_model::document::{ChecklistItem, Mark};

use super::{Check, FixKind, Rule};
use crate::templated::places_in;
use crate::text::{counted, shortened};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "quality-box-untrue",
    group: "templates",
    summary: "a box is ticked, and the section that it speaks of is missing or not filled in",
    page: include_str!("quality_box_untrue.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(templated) = context.templated() else { return };
    let document = context.document;
    for (words, section) in templated.template.promises() {
        let is_it = |it: &&ChecklistItem| it.mark == Mark::Done && it.text.text.trim() == words;
        let Some(item) = document.checklist.iter().find(is_it) else { continue };
        let short = shortened(&words);
        let Some(span) = templated.section(&section) else {
            findings
                .report(
                    item.marker,
                    format!("`{short}` is ticked, but there is no section `{section}`"),
                )
                .help("write the section, or open the box");
            continue;
        };
        let places: Vec<_> = places_in(document, span).collect();
        let Some(first) = places.first() else { continue };
        let count = counted(places.len(), "place is", "places are");
        findings
            .report(
                item.marker,
                format!("`{short}` is ticked, but {count} not filled in under `{section}`"),
            )
            .related(first.text.span, "not filled in")
            .help("fill in what is left, or open the box");
    }
}

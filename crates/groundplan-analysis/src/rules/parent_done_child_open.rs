//! `parent-done-child-open`: a ticked item with an open item below it.

use groundplan_model::document::{ChecklistItem, Mark};
use groundplan_model::{Document, Severity};
use groundplan_syntax::{Source, Span};

use super::{Check, FixKind, Rule};
use crate::text::counted;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "parent-done-child-open",
    group: "documents",
    summary: "an item is ticked, and a part of it is open",
    page: include_str!("parent_done_child_open.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// Words of headings over lists in which every item has its own day: of a release's sign-off, a
/// part is due at a later stage than the whole.
const SIGN_OFF: [&str; 3] = ["signoff", "sign-off", "sign off"];
/// How many open parts are shown.
const SHOWN: usize = 3;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let items = &document.checklist;
    for (at, parent) in items.iter().enumerate() {
        if parent.mark != Mark::Done || parent.struck || is_signed_off(document, parent) {
            continue;
        }
        let below = items.iter().skip(at + 1);
        let below = below.take_while(|item| is_below(&document.source, parent, item));
        let open: Vec<_> = below.filter(|it| it.mark == Mark::Open && !it.struck).collect();
        if !open.is_empty() {
            report(parent, &open, findings);
        }
    }
}

fn report(parent: &ChecklistItem, open: &[&ChecklistItem], findings: &mut Findings<'_>) {
    let parts = counted(open.len(), "part of it is", "parts of it are");
    let message = format!("this item is ticked, but {parts} open");
    let mut finding = findings.report(parent.marker, message);
    for item in open.iter().take(SHOWN) {
        finding = finding.related(item.marker, "open");
    }
    finding.help("tick the parts that are done, or untick the whole");
}

fn is_signed_off(document: &Document, item: &ChecklistItem) -> bool {
    let at = item.marker.start;
    let mut around = document.sections.iter().filter(|it| it.span.start <= at && at < it.span.end);
    around.any(|section| {
        let title = section.title.text.to_lowercase();
        SIGN_OFF.iter().any(|words| title.contains(words))
    })
}

/// Whether `item` lies in `parent`: it is deeper, and no line between starts further left.
fn is_below(source: &Source, parent: &ChecklistItem, item: &ChecklistItem) -> bool {
    if item.depth <= parent.depth {
        return false;
    }
    let indent = indent(source, parent.marker);
    let first = source.line(parent.marker.end as usize) + 1;
    let last = source.line(item.marker.start as usize);
    let mut lines = (first..=last).filter_map(|line| source.line_span(line));
    lines.all(|line| source.slice(line).trim().is_empty() || self::indent(source, line) > indent)
}

/// White space before the line on which `span` begins.
fn indent(source: &Source, span: Span) -> usize {
    let line = source.slice(source.line_of(span.start as usize));
    line.len() - line.trim_start().len()
}

//! `parent-done-child-open`: a ticked item with an open item below it.

use groundplan_model::Severity;
use groundplan_model::document::{ChecklistItem, Mark};
use groundplan_syntax::{Source, Span};

use super::{FixKind, Rule};
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
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let mut above: Vec<&ChecklistItem> = Vec::new();
    for item in &document.checklist {
        while above.pop_if(|it| !is_below(&document.source, it, item)).is_some() {}
        let parent = above.last().filter(|parent| parent.mark == Mark::Done && !parent.struck);
        if let Some(parent) = parent
            && item.mark == Mark::Open
            && !item.struck
        {
            findings
                .report(
                    item.marker,
                    "this item is open, but the item that it is a part of is ticked",
                )
                .related(parent.marker, "ticked here")
                .help("tick this one, or untick the one above");
        }
        above.push(item);
    }
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

//! `contents-incomplete`: a list of contents that lacks headings of the document.

use std::collections::HashSet;

use groundplan_model::document::{Link, Section};
use groundplan_model::{Document, Severity};

use super::{Check, FixKind, Rule};
use crate::outline::quotes_markdown;
use crate::text::{counted, shortened};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "contents-incomplete",
    group: "documents",
    summary: "the list of contents lacks headings that the document has",
    page: include_str!("contents_incomplete.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// Fewer links in a row are no list of contents.
const ENOUGH: usize = 4;
const SHOWN: usize = 4;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let contents = contents(document);
    let (Some(first), Some(last)) = (contents.first(), contents.last()) else { return };
    let listed: HashSet<String> =
        contents.iter().map(|it| it.target.trim_start_matches('#').to_lowercase()).collect();
    // A list that begins deeper is the part of another one.
    let line = document.source.line_of(first.span.start as usize);
    if document.source.slice(line).starts_with([' ', '\t']) {
        return;
    }
    let has = |section: &&Section| listed.contains(&section.anchor);
    let after = document.sections.iter().filter(|it| it.heading.start > last.span.end);
    let after: Vec<&Section> = after.collect();
    // The list may stop at a level: what lies deeper than its highest headings is not judged.
    let Some(level) = after.iter().copied().filter(has).map(|it| it.level).min() else { return };
    let own: Vec<&Section> = after.into_iter().filter(|it| it.level == level).collect();
    // Headings of a quoted document may stand between its own, but not behind the last one listed.
    let behind = own.iter().rposition(has).filter(|_| quotes_markdown(document)).unwrap_or(0);
    let rest = own.iter().skip(behind).copied();
    let missing: Vec<&Section> = rest.filter(|it| !has(it)).collect();
    let is_whole = (own.len() - missing.len()) * 2 >= own.len();
    if let (Some(one), true) = (missing.first(), is_whole) {
        report(first, one, &missing, findings);
    }
}

fn report(contents: &Link, first: &Section, missing: &[&Section], findings: &mut Findings<'_>) {
    let title = shortened(&first.title.text);
    let message = match missing.len() - 1 {
        0 => format!("the list of contents lacks `{title}`"),
        more => {
            let more = counted(more, "more heading", "more headings");
            format!("the list of contents lacks `{title}` and {more} of its level")
        }
    };
    let mut finding = findings.report(contents.span, message);
    for section in missing.iter().take(SHOWN) {
        finding = finding.related(section.title.span, "not listed");
    }
    finding.help("add them to the list, or take the list out: renderers make one of the headings");
}

/// The first row of links to headings, each the only thing in its item.
fn contents(document: &Document) -> Vec<&Link> {
    let mut row: Vec<&Link> = Vec::new();
    for link in document.links.iter().filter(|it| it.target.starts_with('#')) {
        let follows = row.last().is_none_or(|last| {
            let between = groundplan_syntax::Span { start: last.span.end, end: link.span.start };
            document.source.slice(between).trim_matches(['-', '*', '+', '.', ')']).trim().len() <= 3
        });
        if !is_item(document, link) || !follows {
            if row.len() >= ENOUGH {
                break;
            }
            row.clear();
        }
        if is_item(document, link) {
            row.push(link);
        }
    }
    if row.len() >= ENOUGH { row } else { Vec::new() }
}

/// Whether a link is all that its item says.
fn is_item(document: &Document, link: &Link) -> bool {
    let line = document.source.line_of(link.span.start as usize);
    let before = groundplan_syntax::Span { start: line.start, end: link.span.start };
    let lead = document.source.slice(before).trim();
    let is_lead = matches!(lead, "-" | "*" | "+")
        || lead.strip_suffix(['.', ')']).is_some_and(|it| it.parse::<u32>().is_ok());
    let after = groundplan_syntax::Span { start: link.span.end, end: line.end.max(link.span.end) };
    is_lead && document.source.slice(after).trim().is_empty()
}

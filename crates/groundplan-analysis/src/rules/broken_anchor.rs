//! `broken-anchor`: a link to a heading that is not there.

use std::cell::OnceCell;
use std::collections::HashSet;

use groundplan_model::document::Link;
use groundplan_model::{Document, Severity};
use groundplan_syntax::{Edit, Span};

use super::{Check, FixKind, Rule};
use crate::links::Local;
use crate::{Context, Findings, links, names, paths};

pub(super) static RULE: Rule = Rule {
    name: "broken-anchor",
    group: "documents",
    summary: "a link leads to a heading that the document does not have",
    page: include_str!("broken_anchor.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::Unsafe,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let own = OnceCell::new();
    for link in &context.document.links {
        let Some(local) = links::local(&link.target) else { continue };
        let (Some(anchor), Some(document)) = (&local.anchor, target(context, &local.path)) else {
            continue;
        };
        let is_there = match local.path.is_empty() {
            true => own.get_or_init(|| Anchors::new(document)).has(anchor),
            false => Anchors::new(document).has(anchor),
        };
        if !is_there {
            report(context, document, link, &local, anchor, findings);
        }
    }
}

fn report(
    context: &Context<'_>,
    document: &Document,
    link: &Link,
    local: &Local,
    anchor: &str,
    findings: &mut Findings<'_>,
) {
    let message = match local.path.as_str() {
        "" => format!("no heading here has the anchor `#{anchor}`"),
        path => format!("no heading of `{path}` has the anchor `#{anchor}`"),
    };
    let finding = findings.report(link.span, message);
    let anchors = document.sections.iter().map(|section| section.anchor.as_str());
    let Some(near) = names::nearest(anchor, anchors) else {
        finding.help("correct the anchor, or give the heading that it means");
        return;
    };
    let finding = finding.help(format!("did you mean `#{near}`?"));
    let text = context.document.source.slice(link.span);
    if let Some(at) = text.rfind(&format!("#{anchor}")) {
        let start = link.span.start as usize + at + 1;
        let edit = Edit::replace(Span::new(start, start + anchor.len()), near);
        finding.unsafe_fix(format!("link to `#{near}`"), vec![edit]);
    }
}

/// The document that a link leads to; `None` where it is not one that was read.
fn target<'a>(context: &Context<'a>, path: &str) -> Option<&'a Document> {
    if path.is_empty() {
        return Some(context.document);
    }
    context.workspace.document(&paths::resolve(context.document.source.path(), path))
}

/// Everything in a document that a fragment can name. Anchors are compared without case and without
/// hyphens at their ends: renderers differ in what they make of emoji.
struct Anchors<'a> {
    document: &'a Document,
    heads: HashSet<String>,
    ids: OnceCell<HashSet<String>>,
}

impl<'a> Anchors<'a> {
    fn new(document: &'a Document) -> Self {
        let heads = document.sections.iter().map(|section| plain(&section.anchor)).collect();
        Self { document, heads, ids: OnceCell::new() }
    }

    fn has(&self, anchor: &str) -> bool {
        let plain = plain(anchor);
        let after_l = anchor.strip_prefix('L').unwrap_or("");
        // `#L10` is a line of a file, `#top` the start of any page.
        let is_line = after_l.starts_with(|c: char| c.is_ascii_digit());
        let is_known = is_line || plain.is_empty() || plain == "top" || self.heads.contains(&plain);
        is_known || self.ids.get_or_init(|| ids(self.document.source.text())).contains(&plain)
    }
}

/// Anchors of HTML elements, and those that headings are given: `{#scope}`.
fn ids(text: &str) -> HashSet<String> {
    let marks = ["id=\"", "name=\"", "id='", "{#"];
    let after = marks.iter().flat_map(|mark| {
        text.match_indices(mark).filter_map(|(at, _)| text.get(at + mark.len()..))
    });
    let ends = ['"', '\'', '}', '\n'];
    after.filter_map(|rest| rest.split(ends).next()).map(plain).collect()
}

fn plain(anchor: &str) -> String {
    anchor.trim_matches('-').to_lowercase()
}

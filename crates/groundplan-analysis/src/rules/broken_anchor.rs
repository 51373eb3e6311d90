//! `broken-anchor`: a link to a heading that is not there.

use groundplan_model::{Document, Severity};
use groundplan_syntax::{Edit, Span};

use super::{FixKind, Rule};
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
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for link in &context.document.links {
        let Some(local) = links::local(&link.target) else { continue };
        let (Some(anchor), Some(document)) = (&local.anchor, target(context, &local.path)) else {
            continue;
        };
        if has_anchor(document, anchor) {
            continue;
        }
        let message = match local.path.as_str() {
            "" => format!("no heading here has the anchor `#{anchor}`"),
            path => format!("no heading of `{path}` has the anchor `#{anchor}`"),
        };
        let finding = findings.report(link.span, message);
        let anchors = document.sections.iter().map(|section| section.anchor.as_str());
        let Some(near) = names::nearest(anchor, anchors) else {
            finding.help("correct the anchor, or give the heading that it means");
            continue;
        };
        let finding = finding.help(format!("did you mean `#{near}`?"));
        let text = context.document.source.slice(link.span);
        if let Some(at) = text.rfind(&format!("#{anchor}")) {
            let start = link.span.start as usize + at + 1;
            let edit = Edit::replace(Span::new(start, start + anchor.len()), near);
            finding.unsafe_fix(format!("link to `#{near}`"), vec![edit]);
        }
    }
}

/// The document that a link leads to; `None` where it is not one that was read.
fn target<'a>(context: &Context<'a>, path: &str) -> Option<&'a Document> {
    if path.is_empty() {
        return Some(context.document);
    }
    context.workspace.document(&paths::resolve(context.document.source.path(), path))
}

/// Whether a heading or an HTML element has the anchor. Anchors are compared without case and
/// without hyphens at their ends: renderers differ in what they make of emoji.
fn has_anchor(document: &Document, anchor: &str) -> bool {
    let plain = |text: &str| text.trim_matches('-').to_lowercase();
    let wanted = plain(anchor);
    let heads = document.sections.iter().any(|section| plain(&section.anchor) == wanted);
    let text = document.source.text();
    let ids = [
        format!("id=\"{anchor}\""),
        format!("name=\"{anchor}\""),
        format!("id='{anchor}'"),
        format!("{{#{anchor}}}"),
    ];
    // `#L10` is a line of a file, `#top` the start of any page.
    let is_line =
        anchor.strip_prefix('L').is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit()));
    heads
        || is_line
        || wanted.is_empty()
        || wanted == "top"
        || ids.iter().any(|id| text.contains(id))
}

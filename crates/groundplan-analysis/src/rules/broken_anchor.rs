//! `broken-anchor`: a link to a heading that is not there.

use groundplan_model::outline::{OutlineLink, plain_anchor};
use groundplan_model::{Outline, Severity};
use groundplan_syntax::Edit;

use super::{Check, FixKind, Rule};
use crate::{Findings, LinkedContext, names, paths};

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
    check: Check::Linked(check),
};

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    for link in &context.outline.links {
        let Some(anchor) = &link.anchor else { continue };
        let Some(outline) = target(context, &link.path) else { continue };
        if !has(outline, anchor) {
            report(outline, link, anchor, findings);
        }
    }
}

fn report(outline: &Outline, link: &OutlineLink, anchor: &str, findings: &mut Findings<'_>) {
    let message = match link.path.as_str() {
        "" => format!("no heading here has the anchor `#{anchor}`"),
        path => format!("no heading of `{path}` has the anchor `#{anchor}`"),
    };
    let finding = findings.report(link.span, message);
    let anchors = || outline.sections.iter().map(|section| section.anchor.as_str());
    let near = names::nearest(anchor, anchors()).or_else(|| grown(anchor, anchors()));
    let Some(near) = near else {
        finding.help("correct the anchor, or give the heading that it means");
        return;
    };
    let finding = finding.help(format!("did you mean `#{near}`?"));
    if let Some(span) = link.anchor_span {
        let edit = Edit::replace(span, near);
        finding.unsafe_fix(format!("link to `#{near}`"), vec![edit]);
    }
}

/// The only anchor that has all words of `anchor` in their order, and others: headings get longer, and
/// the links to them stay.
fn grown<'a>(anchor: &str, anchors: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let has_all = |it: &&str| {
        let mut own = it.split('-');
        anchor.split('-').all(|word| own.any(|it| it.eq_ignore_ascii_case(word)))
    };
    let mut found = anchors.filter(has_all);
    let only = found.next().filter(|_| found.next().is_none());
    // One word alone stands in many headings.
    only.filter(|_| anchor.contains('-'))
}

/// The outline of the document that a link leads to; `None` where it is not one that was read.
fn target<'a>(context: &LinkedContext<'a>, path: &str) -> Option<&'a Outline> {
    if path.is_empty() {
        return Some(context.outline);
    }
    context.linked.outline(&paths::resolve(&context.outline.path, path))
}

/// Whether a fragment names anything in a document.
fn has(outline: &Outline, anchor: &str) -> bool {
    // Most links are written as the heading's anchor is.
    if outline.sections.iter().any(|it| it.anchor == anchor) {
        return true;
    }
    let plain = plain_anchor(anchor);
    let after_l = anchor.strip_prefix('L').unwrap_or("");
    // `#L10` is a line of a file, `#top` the start of any page.
    let is_line = after_l.starts_with(|c: char| c.is_ascii_digit());
    let is_heading = || outline.sections.iter().any(|it| plain_anchor(&it.anchor) == plain);
    let is_given = || outline.anchors.binary_search(&plain).is_ok();
    is_line || plain.is_empty() || plain == "top" || is_heading() || is_given()
}

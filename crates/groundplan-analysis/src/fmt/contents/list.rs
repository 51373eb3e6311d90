//! A list of contents as it stands.

use groundplan_model::document::Section;
use groundplan_syntax::{Kind, NodeId, Span};

use crate::fmt::look::Look;
use crate::links;

/// An item that is a link to an anchor.
pub(super) struct Entry<'a> {
    /// How many lists it is nested in, from 0.
    pub(super) depth: usize,
    /// Blanks before the item on its line.
    pub(super) indent: usize,
    /// From the item's start to the link: `- ` or `2. `.
    pub(super) marker: &'a str,
    /// The link as it is written.
    pub(super) link: &'a str,
    anchor: String,
}

/// The items of a list, all of which are links to anchors; else `None`.
pub(super) fn entries<'a>(look: &Look<'a>, list: NodeId) -> Option<Vec<Entry<'a>>> {
    let mut found = Vec::new();
    let is_loose = look.slice(list).trim_end().lines().any(|line| line.trim().is_empty());
    let is_list = !is_loose && read(look, list, 0, &mut found).is_some();
    (is_list && found.len() > 1).then_some(found)
}

fn read<'a>(look: &Look<'a>, list: NodeId, depth: usize, found: &mut Vec<Entry<'a>>) -> Option<()> {
    for item in look.tree.children(list) {
        let mut parts = look.tree.children(item);
        found.push(entry(look, item, parts.next()?, depth)?);
        for part in parts {
            let is_list = matches!(look.tree.kind(part), Kind::List { .. });
            is_list.then(|| read(look, part, depth + 1, found))??;
        }
    }
    Some(())
}

fn entry<'a>(look: &Look<'a>, item: NodeId, link: NodeId, depth: usize) -> Option<Entry<'a>> {
    let Kind::Link(target) = look.tree.kind(link) else { return None };
    let local = links::local(look.tree.target(target)).filter(|it| it.path.is_empty())?;
    // An item that stands deeper than it has to begins with blanks.
    let blanks = look.slice(item).len() - look.slice(item).trim_start_matches(' ').len();
    let start = look.tree.span(item).start + Span::at(blanks).start;
    let line = look.source.line_of(start as usize);
    let indent = look.source.slice(Span { start: line.start, end: start });
    let marker = look.source.slice(Span { start, end: look.tree.span(link).start });
    let is_plain = indent.bytes().all(|it| it == b' ') && !marker.contains('\n');
    let link = look.slice(link);
    is_plain.then_some(Entry { depth, indent: indent.len(), marker, link, anchor: local.anchor? })
}

impl Entry<'_> {
    /// The section that it leads to.
    pub(super) fn section(&self, sections: &[Section]) -> Option<usize> {
        sections.iter().position(|section| plain(&section.anchor) == plain(&self.anchor))
    }

    /// Whether the anchor is one that the document gives itself in HTML or behind a heading.
    pub(super) fn leads_elsewhere(&self, look: &Look<'_>) -> bool {
        let anchor = &self.anchor;
        let forms = [format!("\"{anchor}\""), format!("'{anchor}'"), format!("{{#{anchor}}}")];
        anchor.is_empty() || forms.iter().any(|form| look.text().contains(form))
    }
}

/// Renderers differ in case, and in what they make of emoji at the ends.
fn plain(anchor: &str) -> String {
    anchor.trim_matches('-').to_lowercase()
}

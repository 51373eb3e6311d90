//! A list of links to the document's own headings, rebuilt from them where it is out of date.
//!
//! Only a list that is nothing else is taken for one: each item is a link to an anchor, and it
//! stands under a heading such as "Contents" or behind the marker of a tool. Words of links that
//! lead somewhere stay; depth, bullets and numbers are those that the list has.

mod list;
mod write;

use std::collections::BTreeMap;

use groundplan_model::document::Section;
use groundplan_syntax::{Edit, Kind, NodeId, Span};

use self::list::{Entry, entries};
use super::look::Look;

/// Headings over a list of contents, without numbers and signs.
const TITLES: [&str; 8] = [
    "contents",
    "table of contents",
    "toc",
    "inhalt",
    "inhaltsverzeichnis",
    "目次",
    "目录",
    "목차",
];

/// How comments begin behind which tools write such a list.
const MARKERS: [&str; 3] = ["<!-- toc", "<!-- start doctoc", "<!--toc"];

pub(super) fn edits(look: &Look<'_>) -> Vec<Edit> {
    lists(look).into_iter().filter_map(|list| rebuilt(look, list)).collect()
}

pub(super) fn own(look: &Look<'_>) -> Vec<Span> {
    lists(look).into_iter().map(|list| trimmed(look, list)).collect()
}

/// A list without the line ends behind it.
fn trimmed(look: &Look<'_>, list: NodeId) -> Span {
    let start = look.tree.span(list).start as usize;
    Span::new(start, start + look.slice(list).trim_end().len())
}

/// The lists of contents. Most texts have none, which their links tell.
fn lists(look: &Look<'_>) -> Vec<NodeId> {
    if !look.text().contains("](#") {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut announced = false;
    for block in look.tree.children(look.tree.root()) {
        match look.tree.kind(block) {
            Kind::Heading(_) => announced = is_title(&look.tree.text(block, look.text())),
            Kind::HtmlBlock => announced |= is_marker(look.slice(block)),
            Kind::List { .. } if announced && !look.is_off(look.tree.span(block)) => {
                found.push(block);
                announced = false;
            }
            _ => {}
        }
    }
    found.retain(|list| entries(look, *list).is_some());
    found
}

fn is_title(title: &str) -> bool {
    let words = title.trim_matches(|c: char| !c.is_alphabetic());
    TITLES.contains(&words.to_lowercase().as_str())
}

fn is_marker(html: &str) -> bool {
    let html = html.to_lowercase();
    MARKERS.iter().any(|marker| html.starts_with(marker))
}

/// The list as the headings have it; `None` where it is so, or where it lists something else.
fn rebuilt(look: &Look<'_>, list: NodeId) -> Option<Edit> {
    let entries = entries(look, list)?;
    let sections = &look.document().sections;
    let span = trimmed(look, list);
    let found: Vec<Option<usize>> = entries.iter().map(|entry| entry.section(sections)).collect();
    let depths = depths(&entries, &found, sections)?;
    let own = sections.iter().rposition(|it| it.heading.start < span.start);
    let is_listed = |(at, section): &(usize, &Section)| {
        let is_linked = found.contains(&Some(*at));
        let is_behind = section.heading.start > span.end;
        depths.contains_key(&section.level) && (is_linked || is_behind && own != Some(*at))
    };
    let wanted: Vec<usize> = sections.iter().enumerate().filter(is_listed).map(|it| it.0).collect();
    if found.iter().copied().eq(wanted.iter().map(|it| Some(*it))) {
        return None;
    }
    let known = wanted.iter().filter(|at| found.contains(&Some(**at))).count();
    let lost = entries.iter().zip(&found).filter(|it| it.1.is_none()).map(|it| it.0);
    // A list that leaves out more than it names is a choice, and one whose links lead to other
    // places than headings is none of ours.
    let is_choice = known * 2 < wanted.len() || known * 2 < entries.len();
    if is_choice || lost.into_iter().any(|entry| entry.leads_elsewhere(look)) {
        return None;
    }
    let text = write::text(look, &entries, &found, &wanted, &depths)?;
    Some(Edit::replace(span, text))
}

/// How deep headings of a level are listed; `None` where that differs.
fn depths(
    entries: &[Entry<'_>],
    found: &[Option<usize>],
    sections: &[Section],
) -> Option<BTreeMap<u8, usize>> {
    let mut depths = BTreeMap::new();
    for (entry, section) in entries.iter().zip(found) {
        let Some(section) = section.and_then(|at| sections.get(at)) else { continue };
        if *depths.entry(section.level).or_insert(entry.depth) != entry.depth {
            return None;
        }
    }
    let is_steady = depths.values().is_sorted();
    (is_steady && !depths.is_empty()).then_some(depths)
}

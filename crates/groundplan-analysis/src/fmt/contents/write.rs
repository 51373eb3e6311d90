//! A list of contents as it should be.

use std::collections::BTreeMap;

use groundplan_model::document::Section;
use groundplan_syntax::{Kind, NodeId, Span};

use super::list::Entry;
use crate::fmt::blank_lines::line_end;
use crate::fmt::look::Look;

/// The list of the sections `wanted`, without the blanks before its first item; `None` where a
/// heading cannot be a link.
pub(super) fn text(
    look: &Look<'_>,
    entries: &[Entry<'_>],
    found: &[Option<usize>],
    wanted: &[usize],
    depths: &BTreeMap<u8, usize>,
) -> Option<String> {
    let sections = &look.document().sections;
    let mut lines = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for at in wanted {
        let section = sections.get(*at)?;
        let depth = (*depths.get(&section.level)?).min(open.len());
        let known = entries.iter().zip(found).find(|it| *it.1 == Some(*at));
        let first = entries.iter().find(|entry| entry.depth == depth)?;
        let style = known.map(|it| it.0).filter(|entry| entry.depth == depth).unwrap_or(first);
        let link = match known {
            Some((entry, _)) => entry.link.to_owned(),
            None => format!("[{}](#{})", label(look, section)?, section.anchor),
        };
        let count = open.get(depth).map_or(0, |it| it.count);
        let marker = marker(first, entries, count);
        let parent = depth.checked_sub(1).and_then(|it| open.get(it));
        // Four blanks more than the text above would be code.
        let least = parent.map_or(0, |it| it.content);
        let indent = style.indent.clamp(least, least + 3);
        open.truncate(depth);
        open.push(Open { count: count + 1, content: indent + marker.len() });
        lines.push(format!("{}{marker}{link}", " ".repeat(indent)));
    }
    let text = lines.join(line_end(look.text()));
    Some(text.trim_start().to_owned())
}

/// A list that is being written.
struct Open {
    /// Its items so far.
    count: u64,
    /// The column at which the text of its last item begins.
    content: usize,
}

/// What stands before the link of the item behind `count` others, by the first of its depth.
fn marker(first: &Entry<'_>, entries: &[Entry<'_>], count: u64) -> String {
    let digits =
        |marker: &str| marker.len() - marker.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let own = first.marker;
    let (number, rest) = own.split_at_checked(digits(own)).unwrap_or(("", own));
    let Ok(start) = number.parse::<u64>() else { return own.to_owned() };
    let mut alike = entries.iter().filter(|it| it.depth == first.depth).skip(1);
    let is_alike = alike.next().is_some_and(|it| it.marker == own);
    let number = if is_alike { start } else { start.saturating_add(count) };
    format!("{number}{rest}")
}

/// A heading's text as that of a link: its own bytes where they can stand in one.
fn label(look: &Look<'_>, section: &Section) -> Option<String> {
    let blocks = look.tree.children(look.tree.root());
    let heading = blocks.into_iter().find(|it| look.tree.span(*it) == section.heading)?;
    let inner: Vec<NodeId> = look.tree.descendants(heading).collect();
    let is_plain = |id: &NodeId| matches!(look.tree.kind(*id), Kind::Text | Kind::Code(_));
    let (first, last) = (inner.first()?, inner.last()?);
    let span = Span { start: look.tree.span(*first).start, end: look.tree.span(*last).end };
    let text = look.source.slice(span);
    let can_stand = inner.iter().all(is_plain) && !text.contains(['[', ']', '\n']);
    can_stand.then(|| text.to_owned())
}

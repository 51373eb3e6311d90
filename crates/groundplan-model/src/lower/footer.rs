//! The footer: header fields that the document's end repeats, after its last rule or in its last
//! paragraph.

#[cfg(test)]
mod tests;

use groundplan_syntax::{Kind, NodeId};

use super::{Reading, header, labels};
use crate::document::{HeaderField, Text};

/// What ends a document in one line without being a fact of its own.
const KEYS: [&str; 13] = [
    "status",
    "document status",
    "version",
    "document version",
    "last updated",
    "updated",
    "created",
    "date",
    "author",
    "owner",
    "next steps",
    "next review",
    "related",
];

pub(super) fn read(reading: &mut Reading<'_>) {
    let tree = reading.tree;
    let blocks: Vec<NodeId> = tree.children(tree.root()).collect();
    let rule = blocks.iter().rposition(|node| tree.kind(*node) == Kind::Rule);
    let after = rule.map_or(blocks.len(), |at| at + 1);
    let tail = blocks.get(after..).filter(|tail| is_footer(reading, tail));
    let fields = match tail {
        Some(tail) => tail.iter().flat_map(|node| fields(reading, *node)).collect(),
        None => last_paragraph(reading, &blocks),
    };
    let header_end = reading.document.header.last().map_or(0, |field| field.span.end);
    let below = fields.into_iter().filter(|it: &HeaderField| it.span.start >= header_end);
    reading.document.footer = below.filter(|field| !field.value.text.is_empty()).collect();
    // Without a rule above, a status may be that of the last task.
    let document = &mut reading.document;
    let is_own = tail.is_some() || document.footer.iter().any(is_about_document);
    if is_own && document.status.is_none() {
        document.status = header::status_from_footer(&document.footer);
    }
}

/// Whether a field tells something that only whole documents have.
fn is_about_document(field: &HeaderField) -> bool {
    const KEYS: [&str; 5] =
        ["version", "document version", "document status", "last updated", "next review"];
    KEYS.iter().any(|it| field.key.eq_ignore_ascii_case(it))
}

/// A footer is short, has no heading and lies in the second half.
fn is_footer(reading: &Reading<'_>, tail: &[NodeId]) -> bool {
    let tree = reading.tree;
    let has_heading = tail.iter().any(|node| matches!(tree.kind(*node), Kind::Heading(_)));
    let begins_late =
        tail.first().is_some_and(|node| tree.span(*node).start as usize > reading.text.len() / 2);
    begins_late && !has_heading && tail.len() <= 10
}

/// The document's last paragraph where every line of it is a field and one is a usual one.
fn last_paragraph(reading: &Reading<'_>, blocks: &[NodeId]) -> Vec<HeaderField> {
    let tree = reading.tree;
    let last = blocks.last().filter(|node| tree.kind(**node) == Kind::Paragraph);
    let Some(last) = last else { return Vec::new() };
    let found = fields(reading, *last);
    let lines = reading.source.slice(tree.span(*last)).lines().count();
    let is_known = |field: &HeaderField| KEYS.iter().any(|it| field.key.eq_ignore_ascii_case(it));
    if found.len() >= lines && found.iter().any(is_known) { found } else { Vec::new() }
}

fn fields(reading: &Reading<'_>, node: NodeId) -> Vec<HeaderField> {
    let tree = reading.tree;
    match tree.kind(node) {
        Kind::Paragraph => in_emphasis(reading, node)
            .map_or_else(|| header::fields_of(reading, node), |field| vec![field]),
        Kind::List { .. } | Kind::Quote => header::fields_of(reading, node),
        _ => Vec::new(),
    }
}

/// `*Last Updated: January 2025*`: one line in italics.
fn in_emphasis(reading: &Reading<'_>, node: NodeId) -> Option<HeaderField> {
    let tree = reading.tree;
    let children: Vec<NodeId> = tree.children(node).collect();
    let [only] = children.as_slice() else { return None };
    if tree.kind(*only) != Kind::Emphasis {
        return None;
    }
    let text = tree.text(*only, reading.text);
    let labelled = labels::split(&text)?;
    let is_key = labelled.label.split_whitespace().count() <= 3 && text.contains(':');
    let span = tree.span(*only);
    let value = Text { text: labelled.rest.to_owned(), span };
    is_key.then(|| HeaderField { key: labelled.label.to_owned(), value, span })
}

//! Blocks that hold running text: paragraphs, headings, cells, and list items without paragraphs.

use groundplan_syntax::{Kind, NodeId, Span, Tree};

use super::prose;

/// A block of running text.
#[derive(Clone, Copy)]
pub(super) struct TextBlock {
    /// The block's node.
    pub(super) node: NodeId,
    /// What it is.
    pub(super) kind: Kind,
    /// Its own text, without lists and blocks inside.
    pub(super) span: Span,
}

impl TextBlock {
    /// Whether it is neither a heading nor a cell.
    pub(super) fn is_running(&self) -> bool {
        !matches!(self.kind, Kind::Heading(_) | Kind::TableCell)
    }
}

/// The inline text of a tight list item, up to its first block; `None` for a loose one.
pub(super) fn own_text(tree: &Tree, item: NodeId) -> Option<Span> {
    let inline = tree.children(item).take_while(|child| is_inline(tree.kind(*child)));
    inline.map(|child| tree.span(child)).reduce(Span::join)
}

/// What an item begins with: its inline text, or its first block where it is loose.
pub(super) fn lead(tree: &Tree, item: NodeId) -> Option<Span> {
    own_text(tree, item).or_else(|| tree.children(item).next().map(|first| tree.span(first)))
}

/// The node that holds an item's own text: its first paragraph, or the item itself.
pub(super) fn item_text(tree: &Tree, item: NodeId, source: &str) -> String {
    let mut text = String::with_capacity(lead(tree, item).map_or(0, Span::len));
    for child in tree.children(item) {
        match tree.kind(child) {
            Kind::TaskMarker(_) => {}
            kind if is_inline(kind) => text.push_str(&tree.text(child, source)),
            Kind::Paragraph if text.is_empty() => {
                text.push_str(&tree.text(child, source));
                break;
            }
            _ => break,
        }
    }
    prose::trim(&text).to_owned()
}

/// Whether a node is part of running text.
pub(super) fn is_inline(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Text
            | Kind::Code(_)
            | Kind::Emphasis
            | Kind::Strong
            | Kind::Strikethrough
            | Kind::Link(_)
            | Kind::Image(_)
            | Kind::InlineHtml
            | Kind::Break
            | Kind::TaskMarker(_)
    )
}

//! The nodes of a document by what readers ask for, found in one walk: a walk for each of the readers
//! took as long as parsing.

use groundplan_syntax::{Kind, NodeId, Span, Tree};

use super::blocks::{self, TextBlock};

/// Nodes by kind, each list in the document's order.
#[derive(Default)]
pub(super) struct Index {
    /// Blocks of running text.
    pub(super) texts: Vec<TextBlock>,
    /// Lists, at any depth.
    pub(super) lists: Vec<NodeId>,
    /// Items of lists, at any depth.
    pub(super) items: Vec<Item>,
    /// What stands between marks of code.
    pub(super) codes: Vec<Span>,
    /// Links and images, with the index of what they point to.
    pub(super) links: Vec<(u32, Span)>,
}

/// An item of a list.
#[derive(Clone, Copy)]
pub(super) struct Item {
    pub(super) node: NodeId,
    /// Its own text where it is tight, as [`blocks::own_text`] tells it.
    pub(super) own: Option<Span>,
}

impl Index {
    /// Adds the next node of the walk.
    #[inline]
    pub(super) fn add(&mut self, tree: &Tree, node: NodeId, kind: Kind, span: Span) {
        match kind {
            Kind::Paragraph | Kind::Heading(_) | Kind::TableCell => {
                self.texts.push(TextBlock { node, span });
            }
            Kind::Item => {
                let own = blocks::own_text(tree, node);
                self.items.push(Item { node, own });
                self.texts.extend(own.map(|span| TextBlock { node, span }));
            }
            Kind::List { .. } => self.lists.push(node),
            Kind::Code(content) => self.codes.push(content),
            Kind::Link(target) | Kind::Image(target) => self.links.push((target, span)),
            _ => {}
        }
    }
}

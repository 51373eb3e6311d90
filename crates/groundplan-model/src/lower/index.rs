//! The nodes of a document by what readers ask for, found in one walk: a walk for each of the readers
//! took as long as parsing.

use groundplan_syntax::{Kind, NodeId, Span, Tree};

use super::blocks::{self, TextBlock};
use super::prose::Triggers;

/// Nodes by kind, each list in the document's order.
#[derive(Default)]
pub(super) struct Index {
    /// Blocks of running text.
    pub(super) texts: Vec<TextBlock>,
    /// Blocks of the document itself, which stand in no other.
    pub(super) tops: Vec<Top>,
    /// Lists, at any depth.
    pub(super) lists: Vec<NodeId>,
    /// Items of lists, at any depth.
    pub(super) items: Vec<Item>,
    /// What stands between marks of code.
    pub(super) codes: Vec<Span>,
    /// Links, images, blocks of code, HTML and front matter: none of it is running text.
    pub(super) hidden: Vec<Span>,
    /// Links and images, with the index of what they point to.
    pub(super) links: Vec<(u32, Span)>,
}

/// An outermost block.
#[derive(Clone, Copy)]
pub(super) struct Top {
    pub(super) node: NodeId,
    pub(super) kind: Kind,
    pub(super) span: Span,
}

/// An item of a list.
#[derive(Clone, Copy)]
pub(super) struct Item {
    pub(super) node: NodeId,
    pub(super) span: Span,
    /// Its own text where it is tight, as [`blocks::own_text`] tells it.
    pub(super) own: Option<Span>,
}

/// Whether a walk passes a node by: two of three are pieces of running text.
#[inline]
pub(super) fn is_passed(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Text
            | Kind::Emphasis
            | Kind::Strong
            | Kind::Strikethrough
            | Kind::Break
            | Kind::TaskMarker(_)
    )
}

impl Index {
    /// An index of the outermost blocks; [`Index::add`] adds the others.
    pub(super) fn of(tree: &Tree) -> Self {
        let tops = tree.children(tree.root());
        let top = |node| Top { node, kind: tree.kind(node), span: tree.span(node) };
        Self { tops: tops.map(top).collect(), ..Self::default() }
    }

    /// The outermost paragraphs.
    pub(super) fn paragraphs(&self) -> impl Iterator<Item = &Top> {
        self.tops.iter().filter(|it| it.kind == Kind::Paragraph)
    }

    /// The outermost blocks that begin in `span`.
    pub(super) fn tops_in(&self, span: Span) -> &[Top] {
        let from = self.tops.partition_point(|it| it.span.start < span.start);
        let rest = self.tops.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|it| it.span.start < span.end)).unwrap_or_default()
    }

    /// The blocks of running text in which one of `places` stands.
    pub(super) fn texts_at(&self, places: &Triggers) -> impl Iterator<Item = &TextBlock> {
        // Places are few and blocks are many, so blocks are looked up. None lies in another.
        let mut places = places.iter();
        let mut rest = self.texts.as_slice();
        std::iter::from_fn(move || {
            loop {
                let at = places.next()?;
                if rest.first()?.span.start > at {
                    continue;
                }
                let first = rest.partition_point(|it| it.span.end <= at);
                rest = rest.get(first..)?;
                let (block, others) = rest.split_first()?;
                if block.span.start <= at {
                    rest = others;
                    return Some(block);
                }
            }
        })
    }

    /// Adds the next node of the walk.
    #[inline]
    pub(super) fn add(&mut self, tree: &Tree, node: NodeId, kind: Kind, span: Span) {
        match kind {
            Kind::Paragraph | Kind::Heading(_) | Kind::TableCell => {
                self.texts.push(TextBlock { node, kind, span });
            }
            Kind::Item => {
                let own = blocks::own_text(tree, node);
                self.items.push(Item { node, span, own });
                self.texts.extend(own.map(|span| TextBlock { node, kind, span }));
            }
            Kind::List { .. } => self.lists.push(node),
            Kind::Code(content) => self.codes.push(content),
            Kind::Link(target) | Kind::Image(target) => {
                self.links.push((target, span));
                self.hidden.push(span);
            }
            Kind::Fence { .. }
            | Kind::IndentedCode
            | Kind::HtmlBlock
            | Kind::InlineHtml
            | Kind::FrontMatter(_) => self.hidden.push(span),
            _ => {}
        }
    }
}

//! The Markdown tree: nodes in pre-order, each with the bytes that it covers.

use std::borrow::Cow;

use crate::Span;

/// Index of a node in its [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(crate) u32);

/// What a node is. Spans in payloads are byte ranges of the whole source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The root.
    Document,
    /// YAML between `---` lines at the start; the payload is the YAML itself.
    FrontMatter(Span),
    /// `# …` or underlined; level 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// `> …`
    Quote,
    /// A list; numbered where `ordered`.
    List {
        /// Whether the items are numbered.
        ordered: bool,
    },
    /// One item of a list.
    Item,
    /// `[ ]` or `[x]` of an item; the payload says whether it is ticked.
    TaskMarker(bool),
    /// A fenced code block.
    Fence {
        /// The info string: language and what follows it.
        info: Span,
        /// From the first content line to the closing fence.
        content: Span,
        /// Whether a closing fence was found.
        closed: bool,
    },
    /// Code by indentation.
    IndentedCode,
    /// A GFM table.
    Table,
    /// The header row of a table.
    TableHead,
    /// A body row of a table.
    TableRow,
    /// A cell; its span is trimmed.
    TableCell,
    /// A block of HTML, comments included.
    HtmlBlock,
    /// `---`
    Rule,
    /// Plain text.
    Text,
    /// Inline code; the payload is what stands between the backticks.
    Code(Span),
    /// `*…*`
    Emphasis,
    /// `**…**`
    Strong,
    /// `~~…~~`
    Strikethrough,
    /// A link; the payload is an index for [`Tree::target`].
    Link(u32),
    /// An image; the payload is an index for [`Tree::target`].
    Image(u32),
    /// Inline HTML.
    InlineHtml,
    /// A line break of either kind.
    Break,
}

/// One node.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// The bytes that it covers.
    pub span: Span,
    /// Index after its last descendant.
    pub(crate) end: u32,
}

/// Something that is broken in the Markdown itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is broken.
    pub kind: ProblemKind,
    /// Where.
    pub span: Span,
    /// A second place that belongs to it.
    pub related: Option<Span>,
}

/// The kinds of broken Markdown that the tree recovers from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// A fence that no line closes: all text after it is code.
    UnclosedFence,
    /// A fence inside a fence of the same length: CommonMark ends the outer one too early. Read as
    /// nested here.
    NestedFence,
}

/// A parsed document. Never fails: broken Markdown gives a tree and [`Tree::problems`].
#[derive(Clone, Debug, Default)]
pub struct Tree {
    pub(crate) nodes: Vec<Node>,
    pub(crate) targets: Vec<String>,
    pub(crate) cooked: Vec<(u32, Box<str>)>,
    /// What was broken.
    pub problems: Vec<Problem>,
}

impl Tree {
    /// The root.
    #[inline]
    pub fn root(&self) -> NodeId {
        NodeId(0)
    }

    /// The node itself.
    #[inline]
    pub fn node(&self, id: NodeId) -> Node {
        self.nodes.get(id.0 as usize).copied().unwrap_or(Node {
            kind: Kind::Document,
            span: Span::default(),
            end: 0,
        })
    }

    /// What a node is.
    #[inline]
    pub fn kind(&self, id: NodeId) -> Kind {
        self.node(id).kind
    }

    /// The bytes that a node covers.
    #[inline]
    pub fn span(&self, id: NodeId) -> Span {
        self.node(id).span
    }

    /// All nodes below the root, in document order.
    #[inline]
    pub fn nodes(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        (1..).map(NodeId).zip(self.nodes.iter().skip(1))
    }

    /// The children of a node, in order.
    #[inline]
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.node(id).end;
        let mut next = id.0 + 1;
        std::iter::from_fn(move || {
            let child = NodeId(next);
            (next < end).then(|| {
                next = self.node(child).end.max(next + 1);
                child
            })
        })
    }

    /// All nodes below a node, in document order.
    #[inline]
    pub fn descendants(&self, id: NodeId) -> impl Iterator<Item = NodeId> + use<> {
        (id.0 + 1..self.node(id).end).map(NodeId)
    }

    /// Whether `inner` stands below `outer`.
    #[inline]
    pub fn holds(&self, outer: NodeId, inner: NodeId) -> bool {
        outer < inner && inner.0 < self.node(outer).end
    }

    /// All nodes that begin before a node, the nearest first.
    #[inline]
    pub fn before(&self, id: NodeId) -> impl Iterator<Item = NodeId> + use<> {
        (0..id.0).rev().map(NodeId)
    }

    /// Where a link or an image points to.
    #[inline]
    pub fn target(&self, index: u32) -> &str {
        self.targets.get(index as usize).map_or("", String::as_str)
    }

    /// The text of a leaf or the joined text of all leaves below a node: markup is gone, entities
    /// are resolved, breaks are spaces.
    pub fn text<'a>(&'a self, id: NodeId, source: &'a str) -> Cow<'a, str> {
        let mut leaves = std::iter::once(id)
            .chain(self.descendants(id))
            .filter_map(|it| self.leaf_text(it, source));
        let Some(first) = leaves.next() else { return Cow::Borrowed("") };
        let Some(second) = leaves.next() else { return Cow::Borrowed(first) };
        let mut joined = String::with_capacity(self.span(id).len());
        joined.push_str(first);
        joined.push_str(second);
        leaves.for_each(|leaf| joined.push_str(leaf));
        Cow::Owned(joined)
    }

    fn leaf_text<'a>(&'a self, id: NodeId, source: &'a str) -> Option<&'a str> {
        let node = self.node(id);
        match node.kind {
            Kind::Text => Some(match self.cooked.binary_search_by_key(&id.0, |it| it.0) {
                Ok(at) => self.cooked.get(at).map_or("", |it| &it.1),
                Err(_) => source.get(node.span.range()).unwrap_or(""),
            }),
            Kind::Code(content) => source.get(content.range()),
            Kind::Break => Some(" "),
            _ => None,
        }
    }
}

//! What the passes look at: a text with its tree, its facts where one asks, and what is off limits.

use std::cell::OnceCell;

use groundplan_model::{Document, lower};
use groundplan_syntax::{Kind, NodeId, Source, Span, Tree, parse};

/// From here on nothing is formatted.
const OFF: &str = "<!-- groundplan-fmt-off -->";

/// From here on everything is again.
const ON: &str = "<!-- groundplan-fmt-on -->";

/// A text on which a pass works.
pub(super) struct Look<'a> {
    pub(super) source: &'a Source,
    pub(super) tree: Tree,
    document: OnceCell<Document>,
    off: Vec<Span>,
}

impl<'a> Look<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        let tree = parse(source);
        let off = switched_off(source, &tree);
        Self { source, tree, document: OnceCell::new(), off }
    }

    /// The whole text.
    pub(super) fn text(&self) -> &'a str {
        self.source.text()
    }

    /// What the text states. Few passes ask, and few texts make them.
    pub(super) fn document(&self) -> &Document {
        self.document.get_or_init(|| lower(self.source, &self.tree))
    }

    /// Whether a place lies in a part that is switched off.
    pub(super) fn is_off(&self, span: Span) -> bool {
        self.off.iter().any(|off| off.start < span.end.max(span.start + 1) && span.start < off.end)
    }

    /// All nodes of the kinds that `is_wanted` says, in the document's order.
    pub(super) fn nodes(&self, is_wanted: fn(Kind) -> bool) -> impl Iterator<Item = NodeId> + '_ {
        let all = self.tree.descendants(self.tree.root());
        all.filter(move |id| is_wanted(self.tree.kind(*id)))
    }

    /// The text of a node.
    pub(super) fn slice(&self, node: NodeId) -> &'a str {
        self.source.text().get(self.tree.span(node).range()).unwrap_or("")
    }

    /// The first child of a node of the kinds that `is_wanted` says.
    pub(super) fn child(&self, node: NodeId, is_wanted: fn(Kind) -> bool) -> Option<NodeId> {
        self.tree.children(node).find(|id| is_wanted(self.tree.kind(*id)))
    }
}

/// From each `groundplan-fmt-off` to the next `groundplan-fmt-on`, or to the end. In code they are
/// examples and switch nothing.
fn switched_off(source: &Source, tree: &Tree) -> Vec<Span> {
    let text = source.text();
    if !text.contains(OFF) {
        return Vec::new();
    }
    let mut spans = Vec::new();
    let mut open = None;
    for id in tree.descendants(tree.root()) {
        if !matches!(tree.kind(id), Kind::HtmlBlock | Kind::InlineHtml) {
            continue;
        }
        let span = tree.span(id);
        let html = source.slice(span);
        if open.is_none() && html.contains(OFF) {
            open = Some(span.start as usize);
        }
        if let (Some(start), Some(at)) = (open, html.rfind(ON)) {
            spans.push(Span::new(start, span.start as usize + at));
            open = None;
        }
    }
    spans.extend(open.map(|start| Span::new(start, text.len() + 1)));
    spans
}

/// Places that a pass over lines leaves alone: sorted and joined, so that one look finds them.
pub(super) struct Places(Vec<Span>);

impl Places {
    /// The places of the nodes of the kinds that `is_wanted` says.
    pub(super) fn of(look: &Look<'_>, is_wanted: fn(Kind) -> bool) -> Self {
        let mut joined: Vec<Span> = Vec::new();
        for span in look.nodes(is_wanted).map(|id| look.tree.span(id)) {
            match joined.last_mut() {
                Some(last) if span.start < last.end => last.end = last.end.max(span.end),
                _ => joined.push(span),
            }
        }
        Self(joined)
    }

    /// Whether one of them has a byte of `span`.
    pub(super) fn touch(&self, span: Span) -> bool {
        let after = self.0.partition_point(|it| it.end <= span.start);
        self.0.get(after).is_some_and(|it| it.start < span.end)
    }
}

/// Whether white space in such a node is its own: code, HTML, front matter.
pub(super) fn is_verbatim(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Fence { .. }
            | Kind::IndentedCode
            | Kind::HtmlBlock
            | Kind::FrontMatter(_)
            | Kind::InlineHtml
            | Kind::Code(_)
            | Kind::Link(_)
            | Kind::Image(_)
    )
}

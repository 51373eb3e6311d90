//! The fences that broken Markdown is about.

use groundplan_model::Document;
use groundplan_syntax::{Kind, Problem, Span, parse};

/// A fence with its content.
pub(crate) struct Fence {
    /// The whole block.
    pub(crate) span: Span,
    /// What stands between its fence lines.
    pub(crate) content: Span,
}

/// The fence that begins where `problem` does.
///
/// A problem only knows its opening line; the tree knows where the block ends. Broken fences are
/// rare, so parsing again is cheaper than carrying the tree along for all documents.
pub(crate) fn broken(document: &Document, problem: &Problem) -> Option<Fence> {
    let tree = parse(&document.source);
    let mut nodes = tree.descendants(tree.root()).map(|id| tree.node(id));
    nodes.find_map(|node| match node.kind {
        Kind::Fence { content, .. } if node.span.start == problem.span.start => {
            Some(Fence { span: node.span, content })
        }
        _ => None,
    })
}

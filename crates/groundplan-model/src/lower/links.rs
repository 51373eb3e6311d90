//! Links and images.

use groundplan_syntax::Kind;

use super::Reading;
use crate::document::Link;

pub(super) fn read(reading: &mut Reading<'_>) {
    let tree = reading.tree;
    for node in tree.descendants(tree.root()) {
        let (Kind::Link(index) | Kind::Image(index)) = tree.kind(node) else { continue };
        let target = tree.target(index).to_owned();
        reading.document.links.push(Link { target, span: tree.span(node) });
    }
}

//! Links and images.

use super::Reading;
use crate::document::Link;

pub(super) fn read(reading: &mut Reading<'_>) {
    let tree = reading.tree;
    let links = reading.index.links.iter();
    let found = links.map(|(target, span)| (tree.target(*target).to_owned(), *span));
    reading.document.links = found.map(|(target, span)| Link { target, span }).collect();
}

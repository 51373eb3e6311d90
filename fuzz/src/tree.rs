//! The Markdown tree: nested, in order, inside the text.

use groundplan_syntax::{Kind, NodeId, Source, Span, TableView, Tree};

use crate::lies_in;

/// Texts up to this length are asked for the position of every offset, longer ones for some.
const EVERY_OFFSET: usize = 1_024;

/// Children lie inside their parents, one after the other, and the parts of a node inside it.
pub fn tree_holds(source: &Source, tree: &Tree) {
    let root = tree.root();
    assert_eq!(tree.span(root).range(), 0..source.text().len(), "the root is the whole text");
    for id in std::iter::once(root).chain(tree.descendants(root)) {
        lies_in(source, tree.span(id), "a node");
        part_holds(source, tree, id);
        children_hold(tree, id);
        tree.text(id, source.text());
    }
    for problem in &tree.problems {
        lies_in(source, problem.span, "a problem");
        problem.related.iter().for_each(|it| lies_in(source, *it, "the rest of a problem"));
    }
}

fn children_hold(tree: &Tree, id: NodeId) {
    let parent = tree.span(id);
    let mut done = parent.start;
    for child in tree.children(id) {
        let span = tree.span(child);
        let kinds = (tree.kind(id), tree.kind(child));
        assert!(parent.contains(span), "{kinds:?}: {span:?} is not in {parent:?}");
        assert!(done <= span.start, "{kinds:?}: {span:?} begins before {done}");
        done = span.end;
    }
}

fn part_holds(source: &Source, tree: &Tree, id: NodeId) {
    let inside = |part: Span, what: &str| {
        lies_in(source, part, what);
        let span = tree.span(id);
        assert!(span.contains(part), "{what}: {part:?} is not in {span:?}");
    };
    match tree.kind(id) {
        Kind::FrontMatter(content) => inside(content, "front matter"),
        Kind::Code(content) => inside(content, "inline code"),
        Kind::Fence { info, content, .. } => {
            inside(info, "an info string");
            inside(content, "a fence's content");
            assert!(info.end <= content.start, "the info string reaches into the content");
        }
        Kind::Link(target) | Kind::Image(target) => drop(tree.target(target).len()),
        Kind::Table => {
            let view = TableView::new(tree, id);
            let count = view.header.cells.len();
            assert!(view.rows.iter().all(|it| it.cells.len() == count), "a ragged table");
        }
        _ => {}
    }
}

/// Any offset has a line and a column, and lines have what is between their line breaks.
pub fn positions_hold(source: &Source) {
    let text = source.text();
    let mut last = source.position(0);
    for offset in (0..=text.len() + 2).step_by(text.len() / EVERY_OFFSET + 1) {
        let place = source.position(offset);
        assert_eq!(place.line, source.line(offset), "offset {offset}");
        assert!(place.line >= 1 && place.column >= 1 && place.line <= source.line_count());
        lies_in(source, source.line_of(offset), "a line");
        if text.is_char_boundary(offset) {
            assert!(last <= place, "offset {offset}: {place:?} is before {last:?}");
            last = place;
        }
    }
    for line in 0..=source.line_count() + 1 {
        let is_line = (1..=source.line_count()).contains(&line);
        let span = source.line_span(line);
        assert_eq!(span.is_some(), is_line, "line {line}");
        assert!(span.is_none_or(|it| !source.slice(it).contains('\n')), "line {line}");
    }
}

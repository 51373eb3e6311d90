//! Boxes: `[X]` is written `[x]`, and boxes that follow one another have one bullet.

use groundplan_syntax::{Edit, Kind, NodeId, Span};

use super::look::Look;

pub(super) fn edits(look: &Look<'_>) -> Vec<Edit> {
    let mut edits = small(look);
    let parents = look.nodes(|kind| matches!(kind, Kind::Item | Kind::Quote));
    for parent in std::iter::once(look.tree.root()).chain(parents) {
        edits.extend(one_bullet(look, parent));
    }
    edits
}

fn small(look: &Look<'_>) -> Vec<Edit> {
    let boxes = look.nodes(|kind| kind == Kind::TaskMarker(true));
    let large = boxes.filter(|it| look.slice(*it) == "[X]");
    large.map(|it| Edit::replace(look.tree.span(it), "[x]")).collect()
}

/// Lists that stand one behind the other get the bullet of the first: another bullet is what parted
/// them.
fn one_bullet(look: &Look<'_>, parent: NodeId) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut before: Option<(NodeId, &str)> = None;
    for child in look.tree.children(parent) {
        let Some(bullet) = bullet_of_boxes(look, child) else {
            before = None;
            continue;
        };
        let first = match before {
            Some((list, first)) if is_next(look, list, child) => first,
            _ => bullet,
        };
        if first != bullet {
            let starts = look.tree.children(child).map(|item| look.tree.span(item).start as usize);
            edits.extend(starts.map(|at| Edit::replace(Span::new(at, at + 1), first)));
        }
        before = Some((child, first));
    }
    edits
}

/// The bullet of a list that has boxes and nothing else.
fn bullet_of_boxes<'a>(look: &Look<'a>, node: NodeId) -> Option<&'a str> {
    let is_box = |item| look.child(item, |kind| matches!(kind, Kind::TaskMarker(_))).is_some();
    let is_list = look.tree.kind(node) == Kind::List { ordered: false };
    if !is_list || !look.tree.children(node).all(is_box) {
        return None;
    }
    look.slice(node).get(..1).filter(|it| ["-", "*", "+"].contains(it))
}

/// Whether a list begins on the line behind another one: a blank line between them would make the
/// one list a loose one.
fn is_next(look: &Look<'_>, list: NodeId, next: NodeId) -> bool {
    let (list, next) = (look.tree.span(list), look.tree.span(next));
    let before = look.text().get(list.start as usize..next.start as usize).unwrap_or("");
    let gap = before.get(before.trim_end().len()..).unwrap_or("");
    gap.matches('\n').count() == 1
}

//! Diagrams with the names of their nodes. One file a form.

mod arrows;
mod boxes;
mod mermaid;
#[cfg(test)]
mod tests;
mod tree;

use std::collections::HashSet;

use groundplan_syntax::Kind;

use super::{Fence, Reading};
use crate::document::Diagram;

/// Past this many names the rest of a diagram says nothing new.
const LIMIT_NODES: usize = 500;

pub(super) fn read(reading: &mut Reading<'_>) {
    let fences = reading.fences.iter();
    let mut found: Vec<Diagram> = fences.filter_map(|fence| diagram(reading, *fence)).collect();
    lines(reading, &mut found);
    found.sort_by_key(|it| it.span);
    reading.document.diagrams = found;
}

/// Paragraphs that are a chain of names and nothing else: `Client → API → Database`.
fn lines(reading: &Reading<'_>, found: &mut Vec<Diagram>) {
    let tree = reading.tree;
    let arrows = reading.arrows();
    if arrows.is_empty() {
        return;
    }
    let paragraphs = tree.children(tree.root()).filter(|it| tree.kind(*it) == Kind::Paragraph);
    for span in paragraphs.map(|it| tree.span(it)).filter(|span| arrows.any_in(*span)) {
        let nodes = arrows::chain(reading.source.slice(span)).filter(|names| names.len() > 2);
        found.extend(nodes.map(|nodes| Diagram { form: "arrows", nodes: each_once(nodes), span }));
    }
}

/// Names in order, each once, and not too many.
fn each_once(names: Vec<String>) -> Vec<String> {
    let mut seen = HashSet::new();
    let named = names.into_iter().filter(|name| !name.is_empty() && seen.insert(name.clone()));
    named.take(LIMIT_NODES).collect()
}

fn diagram(reading: &Reading<'_>, fence: Fence) -> Option<Diagram> {
    let text = reading.source.slice(fence.content);
    let (form, nodes) = match reading.language(fence).as_str() {
        "mermaid" => ("mermaid", mermaid::nodes(text)),
        "" | "text" | "txt" | "plaintext" | "ascii" | "plain" | "diagram" | "tree" => drawn(text)?,
        _ => return None,
    };
    let nodes = each_once(nodes);
    let is_drawn = form == "mermaid" || !nodes.is_empty();
    is_drawn.then(|| Diagram { form, nodes, span: reading.tree.span(fence.node) })
}

/// Boxes win over branches: a box may hold a tree.
fn drawn(text: &str) -> Option<(&'static str, Vec<String>)> {
    // All drawing characters begin with this byte.
    let bytes = text.as_bytes();
    let is_drawn = memchr::memchr(0xE2, bytes).is_some();
    let has_plus = memchr::memchr(b'+', bytes).is_some();
    let has_arrow = memchr::memchr(b'>', bytes).is_some();
    if !is_drawn && !has_plus && !has_arrow && memchr::memchr(b'|', bytes).is_none() {
        return None;
    }
    let has = |signs: &[&str]| {
        signs.iter().any(|sign| memchr::memmem::find(bytes, sign.as_bytes()).is_some())
    };
    let has_boxes = is_drawn && has(&["┌", "╔", "╭"]) || has_plus && has(&["+--", "+=="]);
    let boxes = if has_boxes { boxes::nodes(text) } else { Vec::new() };
    if !boxes.is_empty() {
        return Some(("boxes", boxes));
    }
    let has_branches = is_drawn && has(&["├", "└"]) || has(&["|--", "`--"]);
    if has_branches {
        return Some(("tree", tree::nodes(text)));
    }
    (is_drawn || has_arrow).then(|| ("arrows", arrows::nodes(text)))
}

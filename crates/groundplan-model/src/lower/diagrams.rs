//! Diagrams with the names of their nodes. One file a form.

mod boxes;
mod mermaid;
#[cfg(test)]
mod tests;
mod tree;

use std::collections::HashSet;

use super::{Fence, Reading};
use crate::document::Diagram;

/// Past this many names the rest of a diagram says nothing new.
const LIMIT_NODES: usize = 500;

pub(super) fn read(reading: &mut Reading<'_>) {
    let fences = reading.fences.iter();
    let found = fences.filter_map(|fence| diagram(reading, *fence)).collect();
    reading.document.diagrams = found;
}

fn diagram(reading: &Reading<'_>, fence: Fence) -> Option<Diagram> {
    let text = reading.source.slice(fence.content);
    let (form, nodes) = match reading.language(fence).as_str() {
        "mermaid" => ("mermaid", mermaid::nodes(text)),
        "" | "text" | "txt" | "plaintext" | "ascii" | "plain" | "diagram" | "tree" => drawn(text)?,
        _ => return None,
    };
    let mut seen = HashSet::new();
    let named = nodes.into_iter().filter(|name| !name.is_empty() && seen.insert(name.clone()));
    let nodes: Vec<String> = named.take(LIMIT_NODES).collect();
    let is_drawn = form == "mermaid" || !nodes.is_empty();
    is_drawn.then(|| Diagram { form, nodes, span: reading.tree.span(fence.node) })
}

/// Boxes win over branches: a box may hold a tree.
fn drawn(text: &str) -> Option<(&'static str, Vec<String>)> {
    // All drawing characters begin with this byte.
    let bytes = text.as_bytes();
    let is_drawn = memchr::memchr(0xE2, bytes).is_some();
    let has_plus = memchr::memchr(b'+', bytes).is_some();
    if !is_drawn && !has_plus && memchr::memchr(b'|', bytes).is_none() {
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
    has_branches.then(|| ("tree", tree::nodes(text)))
}

//! Diagrams with the names of their nodes. One file a form.

mod arrows;
mod boxes;
mod mermaid;
#[cfg(test)]
mod tests;
mod tree;

use super::{Fence, Reading, once, prose};
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
    let arrows = reading.arrows();
    if arrows.is_empty() {
        return;
    }
    let paragraphs = reading.index.paragraphs().map(|it| it.span);
    for span in paragraphs.filter(|span| arrows.any_in(*span)) {
        let nodes = arrows::chain(reading.source.slice(span)).filter(|names| names.len() > 2);
        found.extend(nodes.map(|nodes| Diagram { form: "arrows", nodes: each_once(nodes), span }));
    }
}

/// Names in order, each once, and not too many.
fn each_once(mut names: Vec<String>) -> Vec<String> {
    names.retain(|name| !name.is_empty());
    once::keep_first(&mut names, |it| it);
    names.truncate(LIMIT_NODES);
    names
}

fn diagram(reading: &Reading<'_>, fence: Fence) -> Option<Diagram> {
    let text = reading.source.slice(fence.content);
    let (form, nodes) = match reading.language(fence).as_ref() {
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
    let bytes = text.as_bytes();
    let has = |byte: u8| memchr::memchr(byte, bytes).is_some();
    let (is_drawn, has_arrow, has_plus) = (has(DRAWN), has(b'>'), has(b'+'));
    if !is_drawn && !has_arrow && !has_plus && !has(b'|') {
        return None;
    }
    let is_plus = || has_plus && prose::has_part(text, &["+--", "+=="]);
    let has_boxes = is_drawn && has_sign(bytes, &["┌", "╔", "╭"]) || is_plus();
    let boxes = if has_boxes { boxes::nodes(text) } else { Vec::new() };
    if !boxes.is_empty() {
        return Some(("boxes", boxes));
    }
    let is_bar = || prose::has_part(text, &["|--", "`--"]);
    if is_drawn && has_sign(bytes, &["├", "└"]) || is_bar() {
        return Some(("tree", tree::nodes(text)));
    }
    (is_drawn || has_arrow).then(|| ("arrows", arrows::nodes(text)))
}

/// The byte with which all characters for drawing begin.
const DRAWN: u8 = 0xE2;

/// Whether one of a few characters for drawing stands in a text.
fn has_sign(text: &[u8], signs: &[&str]) -> bool {
    let is_one = |rest: &[u8]| signs.iter().any(|sign| rest.starts_with(sign.as_bytes()));
    memchr::memchr_iter(DRAWN, text).any(|at| text.get(at..).is_some_and(is_one))
}

//! A Markdown tree as an outline: kind, line and column, text.

use std::fmt::Write;

use groundplan_syntax::{Kind, NodeId, ProblemKind, Source, Span, Tree, parse};

/// A line a node, indented by its depth; the problems last.
pub(super) fn outline(source: &Source) -> String {
    let tree = parse(source);
    let mut text = String::new();
    for child in tree.children(tree.root()) {
        node(&mut text, source, &tree, child, 0);
    }
    for problem in &tree.problems {
        let name = match problem.kind {
            ProblemKind::UnclosedFence => "unclosed fence",
            ProblemKind::NestedFence => "nested fence",
        };
        let _ = writeln!(text, "! {name} {}", place(source, problem.span));
    }
    text
}

fn node(text: &mut String, source: &Source, tree: &Tree, id: NodeId, depth: usize) {
    let indent = "  ".repeat(depth);
    let (name, span) = name(tree, id);
    let _ = write!(text, "{indent}{name} {}", place(source, span));
    if tree.children(id).next().is_none() {
        let _ = write!(text, " {:?}", source.slice(span));
    }
    text.push('\n');
    for child in tree.children(id) {
        node(text, source, tree, child, depth + 1);
    }
}

/// The kind's name, and the span that says most.
fn name(tree: &Tree, id: NodeId) -> (String, Span) {
    let kind = tree.kind(id);
    let word = format!("{kind:?}");
    let word = word.split([' ', '(', '{']).next().unwrap_or("").to_lowercase();
    match kind {
        Kind::Heading(level) => (format!("{word} {level}"), tree.span(id)),
        Kind::Fence { content, closed, .. } => {
            let word = if closed { word } else { format!("open {word}") };
            (word, content)
        }
        Kind::FrontMatter(content) | Kind::Code(content) => (word, content),
        Kind::TaskMarker(done) => (format!("{word} {done}"), tree.span(id)),
        Kind::Link(index) | Kind::Image(index) => {
            (format!("{word} to {:?}", tree.target(index)), tree.span(id))
        }
        _ => (word, tree.span(id)),
    }
}

fn place(source: &Source, span: Span) -> String {
    let position = source.position(span.start as usize);
    format!("{}:{}", position.line, position.column)
}

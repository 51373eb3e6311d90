//! The graph for graphviz: what is wanted at the top, tests at the bottom.

use std::collections::HashSet;
use std::fmt::Write;

use groundplan_analysis::trace::{Item, Trace};
use groundplan_model::Certainty;

/// The graph of some items and what lies between them.
pub(super) fn graph(trace: &Trace, items: &[usize]) -> String {
    let shown: HashSet<usize> = items.iter().copied().collect();
    let mut text = String::from(
        "digraph trace {\n  rankdir=TB;\n  node [shape=box, fontname=\"sans-serif\", fontsize=10];\n  \
         edge [fontname=\"sans-serif\", fontsize=9];\n",
    );
    for index in items {
        let Some(item) = trace.items.get(*index) else { continue };
        let (shape, label) = (shape(item), label(item));
        let _ = writeln!(text, "  {} [label={label}{shape}];", quoted(&item.key));
    }
    let edges = trace.edges.iter();
    for edge in edges.filter(|it| shown.contains(&it.from) && shown.contains(&it.to)) {
        let key = |it: usize| quoted(trace.items.get(it).map_or("", |it| it.key.as_str()));
        let style = match (&edge.stale, edge.certainty) {
            (Some(_), _) => ", color=\"#b00020\", fontcolor=\"#b00020\"",
            (None, Certainty::Guessed) => ", style=dashed",
            (None, _) => "",
        };
        let kind = quoted(edge.kind.as_str());
        // Ranks go downwards, and what answers stands below.
        let _ = writeln!(
            text,
            "  {} -> {} [dir=back, label={kind}{style}];",
            key(edge.to),
            key(edge.from)
        );
    }
    text.push_str("}\n");
    text
}

fn shape(item: &Item) -> &'static str {
    match item.level {
        _ if item.kind.is_wanted() => ", style=\"rounded,filled\", fillcolor=\"#e8eefc\"",
        Some(groundplan_model::policy::Level::Test) => ", style=filled, fillcolor=\"#e6f4ea\"",
        _ => "",
    }
}

fn label(item: &Item) -> String {
    let title: String = item.title.lines().next().unwrap_or("").chars().take(40).collect();
    let name = if title.is_empty() { item.id.clone() } else { format!("{}: {title}", item.id) };
    quoted(&format!("{name}\n{}:{}", item.at.path, item.at.line))
}

fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{text}\"")
}

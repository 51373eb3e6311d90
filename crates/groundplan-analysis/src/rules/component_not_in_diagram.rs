//! `component-not-in-diagram`: a component that the drawing of the architecture leaves out.

use groundplan_model::Severity;
use groundplan_model::document::{Concept, Diagram, Text};

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "component-not-in-diagram",
    group: "architecture",
    summary: "a listed component is not in the drawing of the architecture",
    page: include_str!("component_not_in_diagram.md"),
    severity: Severity::Info,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// Fewer names are not a list.
const FEWEST: usize = 2;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    if document.diagrams.is_empty() || document.components.len() < FEWEST {
        return;
    }
    let Some(drawing) = document.diagrams.iter().find(|it| shows_parts(context, it)) else {
        return;
    };
    // Other drawings may show what this one leaves out.
    let drawn: Vec<String> =
        document.diagrams.iter().flat_map(|it| &it.nodes).map(|it| letters(it)).collect();
    let is_drawn = |it: &&Text| drawn.iter().any(|node| is_same(node, &letters(&it.text)));
    let listed = document.components.iter().filter(|it| is_in_table(context, it));
    let (there, missing): (Vec<&Text>, Vec<&Text>) = listed.partition(is_drawn);
    match missing.first() {
        Some(first) if there.is_empty() && missing.len() >= FEWEST => {
            findings
                .report(first.span, "no component of this list is in the drawing")
                .related(drawing.span, "the parts of the system are drawn here")
                .help("give the parts one name in both places");
        }
        // A drawing that shows most components is meant to show them all.
        Some(_) if there.len() > missing.len() => {
            for name in missing {
                findings
                    .report(
                        name.span,
                        format!("the component `{}` is not in the drawing", name.text),
                    )
                    .related(drawing.span, "the parts of the system are drawn here")
                    .help("draw it, or take it out of the list");
            }
        }
        _ => {}
    }
}

fn shows_parts(context: &Context<'_>, diagram: &Diagram) -> bool {
    const FEWEST_NODES: usize = 3;
    let document = context.document;
    let is_sequence = document.source.slice(diagram.span).contains("sequenceDiagram");
    diagram.nodes.len() >= FEWEST_NODES
        && matches!(diagram.form, "boxes" | "mermaid")
        && !is_sequence
        && document.is_under(diagram.span.start, Concept::Architecture)
}

/// Headings of components have their own text; a row of a table has only the drawing to say where
/// the component stands.
fn is_in_table(context: &Context<'_>, component: &Text) -> bool {
    let document = context.document;
    let line = document.source.line_of(component.span.start as usize);
    document.source.slice(line).trim_start().starts_with('|')
        && document.is_under(component.span.start, Concept::Architecture)
}

fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_same(one: &str, other: &str) -> bool {
    const SHORTEST: usize = 3;
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short.len() >= SHORTEST && long.contains(short)
}

//! `sequence-actor-unknown`: who takes part in a sequence, and is in no other drawing.

use groundplan_model::document::Diagram;
use groundplan_model::{Document, Severity};

use super::{Check, FixKind, Rule};
use crate::snippets::Sequence;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "sequence-actor-unknown",
    group: "architecture",
    summary: "a sequence has an actor that neither the architecture nor the components name",
    page: include_str!("sequence_actor_unknown.md"),
    severity: Severity::Info,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    if document.diagrams.is_empty() {
        return;
    }
    for sequence in Sequence::of(context.code()) {
        let others = document.diagrams.iter().filter(|it| {
            let is_drawn = it.form == "boxes" || it.form == "mermaid" && !is_sequence(document, it);
            is_drawn && !it.span.contains(sequence.span) && it.nodes.len() > 2
        });
        let mut names: Vec<&str> = Vec::new();
        let mut first = None;
        for diagram in others {
            first = first.or(Some(diagram.span));
            // Ids of nodes name parts as well as their labels do.
            names.extend(words(document.source.slice(diagram.span)));
            names.extend(diagram.nodes.iter().map(String::as_str));
        }
        names.extend(document.components.iter().map(|it| it.text.as_str()));
        let Some(first) = first else { continue };
        let is_known = |actor: &str| names.iter().any(|name| is_same(actor, name));
        let (known, unknown): (Vec<_>, Vec<_>) =
            sequence.actors.iter().partition(|(actor, _)| is_known(actor));
        // Drawings of other things have nothing in common.
        if known.len() < 2 || known.len() < unknown.len() {
            continue;
        }
        for (actor, span) in unknown.into_iter().filter(|(actor, _)| !is_human(actor)) {
            findings
                .report(span, format!("`{actor}` takes part here, and no other drawing has it"))
                .related(first, "the parts of the system are drawn here")
                .help("name it as the other drawing does, or add it there");
        }
    }
}

/// A sequence says who speaks, not what there is.
fn is_sequence(document: &Document, diagram: &Diagram) -> bool {
    document.source.slice(diagram.span).contains("sequenceDiagram")
}

/// People stand outside of the system, and a drawing of its parts leaves them out.
fn is_human(actor: &str) -> bool {
    const PEOPLE: [&str; 7] =
        ["user", "developer", "admin", "customer", "operator", "reviewer", "agent"];
    words(actor).any(|word| PEOPLE.iter().any(|it| it.eq_ignore_ascii_case(word)))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty())
}

/// Names are one where the words of the one are words of the other: `Orders API` and `API`.
fn is_same(one: &str, other: &str) -> bool {
    let lower = |text: &str| words(text).map(str::to_lowercase).collect::<Vec<_>>();
    let (one, other) = (lower(one), lower(other));
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    !short.is_empty()
        && (short.concat() == long.concat() || short.iter().all(|it| long.contains(it)))
}

//! Decision records: options under "Considered Options" or "Alternatives Considered", and what was
//! chosen under "Decision Outcome".

use groundplan_syntax::{Kind, NodeId, Span};

use super::super::topics::{Topic, blocks_in};
use super::super::{Reading, blocks, labels};
use super::{is_same, verdict_of};
use crate::document::{Choice, Decision};

pub(super) fn read(reading: &Reading<'_>) -> Vec<Decision> {
    let outcome = reading.topics.spans(Topic::Outcome).find_map(|span| outcome(reading, span));
    let sections: Vec<Span> = reading.topics.spans(Topic::Alternatives).collect();
    let mut found = Vec::new();
    let mut taken = outcome.clone();
    for section in sections {
        let options = options(reading, section);
        if options.is_empty() {
            continue;
        }
        found.push(decision(reading, section, options, taken.take().map(|(choice, _)| choice)));
    }
    // An outcome without a list of options is a decision all the same.
    if let (true, Some((choice, span))) = (found.is_empty(), outcome) {
        found.push(Decision {
            area: title(reading),
            choice: Some(choice),
            options: Vec::new(),
            span,
        });
    }
    found
}

fn decision(
    reading: &Reading<'_>,
    section: Span,
    mut options: Vec<Choice>,
    outcome: Option<String>,
) -> Decision {
    let heading = reading.document.section_at(section.start);
    let name = heading.map(|it| it.title.text.to_lowercase()).unwrap_or_default();
    for option in options.iter_mut().filter(|option| option.chosen.is_none()) {
        option.chosen = match &outcome {
            Some(choice) => Some(is_same(&option.name, choice)),
            // What a design lists beside itself was not taken.
            None => name.contains("alternative").then_some(false),
        };
    }
    let taken = options.iter().find(|option| option.chosen == Some(true));
    let choice = outcome.or_else(|| taken.map(|option| option.name.clone()));
    let span = heading.map_or(section, |it| it.heading);
    Decision { area: title(reading), choice, options, span }
}

fn title(reading: &Reading<'_>) -> String {
    // The first heading of an RFC is its summary.
    let named = reading.document.field("feature name").map(|it| it.value.text.clone());
    let title = || reading.document.title.as_ref().map(|title| title.text.clone());
    let first = || reading.document.sections.first().map(|it| it.title.text.clone());
    named.or_else(title).or_else(first).unwrap_or_default()
}

/// Subheadings of the section, or the items of its first list.
fn options(reading: &Reading<'_>, section: Span) -> Vec<Choice> {
    let tree = reading.tree;
    let inner: Vec<NodeId> = blocks_in(&reading.index, section).skip(1).collect();
    let level = |node: &NodeId| match tree.kind(*node) {
        Kind::Heading(level) => Some(level),
        _ => None,
    };
    if let Some(top) = inner.iter().filter_map(level).min() {
        let headings = inner.iter().filter(|node| level(node) == Some(top));
        return headings.filter_map(|node| option(&tree.text(*node, reading.text))).collect();
    }
    let list = inner.iter().find(|node| matches!(tree.kind(**node), Kind::List { .. }));
    let items = list.into_iter().flat_map(|node| tree.children(*node));
    items.filter_map(|item| option(own_text(reading, item)?)).collect()
}

fn own_text<'a>(reading: &Reading<'a>, item: NodeId) -> Option<&'a str> {
    let tree = reading.tree;
    let span = blocks::lead(tree, item)?;
    reading.text.get(span.range())
}

/// The name of an option: its label, or its first sentence where that is short.
fn option(text: &str) -> Option<Choice> {
    const ASIDE: [&str; 10] = [
        "rejected",
        "reason",
        "pros",
        "cons",
        "why",
        "rationale",
        "note",
        "decision",
        "chosen",
        "pro",
    ];
    if labels::split(text).is_some_and(|it| it.is(&ASIDE)) {
        return None;
    }
    let named = labels::split(text).map(|it| it.label).filter(|it| !is_number(it));
    let body = match labels::split(text) {
        Some(it) if is_number(it.label) => it.rest,
        _ => text,
    };
    let name = named.unwrap_or(labels::unmarked(body));
    let name = labels::prose_text(name.split(". ").next().unwrap_or(name).trim_end_matches('.'));
    let chosen = verdict_of(text);
    (!name.is_empty() && name.len() <= 100).then_some(Choice { name, chosen })
}

/// "Option 2", "Alternative 1": the words behind it are the name.
fn is_number(label: &str) -> bool {
    let mut words = label.split_whitespace();
    let kind = words.next().unwrap_or("").to_lowercase();
    let number = words.next().unwrap_or("");
    matches!(kind.as_str(), "option" | "alternative" | "approach")
        && number.len() <= 2
        && words.next().is_none()
}

/// What the heading names ("Chosen Decision: X"), or the section's text.
fn outcome(reading: &Reading<'_>, section: Span) -> Option<(String, Span)> {
    let heading = reading.document.section_at(section.start)?;
    let named = heading.title.text.split_once(": ").map(|(_, words)| words.trim());
    match named.filter(|words| !words.is_empty()) {
        Some(words) => Some((words.trim_end_matches('.').to_owned(), heading.heading)),
        None => stated(reading, section),
    }
}

/// What "Chosen option: "X", because …" names, or the first sentence of the section.
fn stated(reading: &Reading<'_>, section: Span) -> Option<(String, Span)> {
    let tree = reading.tree;
    let is_text = |node: &NodeId| matches!(tree.kind(*node), Kind::Paragraph | Kind::List { .. });
    let first = blocks_in(&reading.index, section).nth(1).filter(is_text)?;
    let span = tree.span(first);
    let text = reading.source.slice(span);
    let keys = ["chosen option", "chosen", "selected option", "decision"];
    let named = labels::value(reading, span, &keys).map(|it| it.text);
    let words = named.unwrap_or_else(|| labels::prose_text(labels::unmarked(text)));
    let quoted = words.strip_prefix('"').and_then(|it| it.split_once('"')).map(|(it, _)| it);
    let clause = quoted.unwrap_or_else(|| {
        let end = [". ", ", because", " because "].iter().filter_map(|it| words.find(it)).min();
        words.get(..end.unwrap_or(words.len())).unwrap_or(&words)
    });
    let clause = clause.trim_end_matches('.').to_owned();
    (!labels::is_nothing(&clause)).then_some((clause, span))
}

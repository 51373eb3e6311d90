//! Steps of the rollout, and how the change is taken back.

#[cfg(test)]
mod tests;

use groundplan_syntax::{Kind, NodeId, Span};

use super::clues::Clue;
use super::topics::{self, Topic};
use super::{Reading, blocks, labels};
use crate::document::{Rollback, RolloutStep, Text};

const TRIGGER: [&str; 6] =
    ["rollback trigger", "rollback triggers", "trigger", "triggers", "when to rollback", "when"];
const TIME: [&str; 5] =
    ["rollback time", "time to rollback", "rollback window", "recovery time", "time"];
/// Labels of properties: their items are no steps.
const PROPERTIES: [&str; 16] = [
    "method",
    "strategy",
    "health checks",
    "rollback",
    "rollback time",
    "rollback plan",
    "rollback strategy",
    "success criteria",
    "goal",
    "duration",
    "risk",
    "impact",
    "trigger",
    "timeline",
    "note",
    "owner",
];

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut found = Vec::new();
    for span in reading.topics.spans(Topic::Rollout) {
        steps(reading, span, &mut found);
    }
    reading.document.rollout = found;
    reading.document.rollback = rollback(reading);
}

/// Items of the lists that stand in a section about the rollout itself or under a phase.
fn steps(reading: &Reading<'_>, section: Span, found: &mut Vec<RolloutStep>) {
    let tree = reading.tree;
    let mut phase: Option<String> = None;
    let mut is_own = true;
    for node in topics::blocks_in(&reading.index, section) {
        let span = tree.span(node);
        match tree.kind(node) {
            Kind::Heading(_) => {
                let title = tree.text(node, reading.text).trim().to_owned();
                is_own = reading.topics.begins(span.start, Topic::Rollout);
                phase = is_phase(&title).then_some(title);
            }
            Kind::Paragraph => {
                let text = tree.text(node, reading.text);
                let line = text.lines().next().unwrap_or("").trim();
                if reading.source.slice(span).starts_with("**") {
                    is_own = is_phase(line);
                    phase = is_own.then(|| line.trim_end_matches(':').to_owned());
                }
            }
            Kind::List { .. } if is_own || phase.is_some() => {
                if reading.topics.is_under(span.start, Topic::Rollback) {
                    continue;
                }
                let items = tree.children(node).filter_map(|it| item(reading, it));
                let step =
                    |it: Text| RolloutStep { text: it.text, phase: phase.clone(), span: it.span };
                found.extend(items.map(step));
            }
            _ => {}
        }
    }
}

fn is_phase(title: &str) -> bool {
    let title = topics::unnumbered(title).to_lowercase();
    let words = ["phase", "stage", "step", "week", "day", "wave", "milestone", "alpha", "beta"];
    words.iter().any(|word| super::prose::find_word(&title, word) == Some(0))
}

/// The words of an item; `None` for a box, which is a task, and for a property.
fn item(reading: &Reading<'_>, node: NodeId) -> Option<Text> {
    let tree = reading.tree;
    let has_box = tree.children(node).any(|it| matches!(tree.kind(it), Kind::TaskMarker(_)));
    let span = blocks::lead(tree, node)?;
    let is_property =
        labels::split(reading.source.slice(span)).is_some_and(|it| it.is(&PROPERTIES));
    let text = blocks::item_text(tree, node, reading.text);
    (!has_box && !is_property && !text.is_empty()).then_some(Text { text, span })
}

/// Trigger, time and steps from sections about the rollback, or labels elsewhere.
fn rollback(reading: &Reading<'_>) -> Option<Rollback> {
    let mut found: Option<Rollback> = None;
    for section in reading.topics.spans(Topic::Rollback) {
        let known = found.get_or_insert_with(|| Rollback { span: section, ..Rollback::default() });
        let value = |keys: &[&str]| labels::value(reading, section, keys);
        known.trigger = known.trigger.take().or_else(|| value(&TRIGGER));
        known.time = known.time.take().or_else(|| value(&TIME));
        known.steps.extend(rollback_steps(reading, section));
    }
    labelled(reading, found)
}

fn rollback_steps(reading: &Reading<'_>, section: Span) -> Vec<Text> {
    const OTHER: [&str; 8] =
        ["trigger", "triggers", "time", "impact", "when", "rollback time", "criteria", "duration"];
    let tree = reading.tree;
    let lists = topics::blocks_in(&reading.index, section)
        .filter(|node| matches!(tree.kind(*node), Kind::List { .. }));
    let items = lists.flat_map(|list| tree.children(list));
    let is_step = |node: &NodeId| {
        let label = labels::split(reading.source.slice(tree.span(*node)));
        !label.is_some_and(|it| it.is(&OTHER))
    };
    items.filter(is_step).filter_map(|node| item(reading, node)).collect()
}

/// "**Rollback Time**: < 5 minutes" and "Rollback trigger: …" outside of such a section.
fn labelled(reading: &Reading<'_>, mut found: Option<Rollback>) -> Option<Rollback> {
    let tree = reading.tree;
    let named = reading.clues.of(Clue::Rollback);
    if named.is_empty() {
        return found;
    }
    let kinds = |kind: Kind| matches!(kind, Kind::Paragraph | Kind::List { .. });
    for node in tree.children(tree.root()).filter(|node| kinds(tree.kind(*node))) {
        let span = tree.span(node);
        if !named.any_in(span) {
            continue;
        }
        let trigger = labels::value(reading, span, TRIGGER.get(..2).unwrap_or(&[]));
        let time = labels::value(reading, span, TIME.get(..3).unwrap_or(&[]));
        if trigger.is_none() && time.is_none() {
            continue;
        }
        let known = found.get_or_insert_with(|| Rollback { span, ..Rollback::default() });
        known.trigger = known.trigger.take().or(trigger);
        known.time = known.time.take().or(time);
    }
    found
}

//! States with arrows between them: `draft → review → approved`, `active -> paused | closed`.

use groundplan_syntax::Span;

use super::super::{Reading, prose};
use super::{States, names};
use crate::Certainty;
use crate::document::Transition;

const ARROWS: [&str; 6] = ["-->", "->", "=>", "→", "⇒", "⟶"];

/// Marks that end a chain.
const ENDS: [char; 8] = [',', ';', ':', '.', '(', ')', '[', ']'];

/// A change with names in lower case.
type Change = (Vec<String>, Vec<String>);

pub(super) fn read(reading: &Reading<'_>, states: &States, found: &mut Vec<Transition>) {
    let triggers = reading.arrows();
    if triggers.is_empty() {
        return;
    }
    let texts = reading.index.texts_at(triggers).map(|block| block.span);
    let drawn = reading.fences.iter().filter(|it| triggers.any_in(it.content));
    let bare = drawn.filter(|it| is_plain(&reading.language(**it)));
    for span in texts.chain(bare.map(|fence| fence.content)) {
        lines(reading, states, span, triggers, found);
    }
}

fn is_plain(language: &str) -> bool {
    matches!(language, "" | "text" | "txt" | "plaintext")
}

fn lines(
    reading: &Reading<'_>,
    states: &States,
    span: Span,
    arrows: &prose::Triggers,
    found: &mut Vec<Transition>,
) {
    for (start, line) in prose::lines(reading.source.slice(span), span.start as usize) {
        if !arrows.any_in(Span::new(start, start + line.len())) {
            continue;
        }
        let place = prose::trimmed(Span::at(start), 0, line);
        let is_said = says_states(reading, line, place);
        if !is_said && states.is_empty() {
            continue;
        }
        let changes = changes(line);
        if !changes.is_empty() && is_about_states(states, is_said, &changes) {
            found.extend(changes.into_iter().flat_map(|change| transitions(change, place)));
        }
    }
}

fn transitions((from, to): Change, span: Span) -> impl Iterator<Item = Transition> {
    let changed = to.into_iter().filter(|to| !from.contains(to)).collect::<Vec<_>>();
    changed.into_iter().map(move |to| Transition {
        from: from.clone(),
        action: None,
        to,
        span,
        certainty: Certainty::Inferred,
    })
}

/// Arrows lead through steps of work as well. States are what a column allows, or what stands where
/// the text says that states change.
fn is_about_states(states: &States, is_said: bool, changes: &[Change]) -> bool {
    let all = || changes.iter().flat_map(|(from, to)| from.iter().chain(to));
    let is_name = |name: &String| !name.contains(' ') && !name.starts_with("transition");
    states.hold(all()) || is_said && all().all(is_name)
}

/// Whether the words before a line's arrows, or the heading above a line of nothing else, say that
/// states change.
fn says_states(reading: &Reading<'_>, line: &str, place: Span) -> bool {
    let says = |text: &str, words: &[&str]| words.iter().any(|it| prose::has_word(text, it));
    let title = reading.title_at(place.start).unwrap_or("");
    const TITLES: [&str; 6] =
        ["state machine", "transition", "transitions", "status flow", "state flow", "states"];
    let may_say = prose::has_part(title, &["stat", "transition"]);
    if may_say && says(title, &TITLES) && is_chain(line) {
        return true;
    }
    // Most lines with arrows say nothing of the kind.
    let lower = line.to_ascii_lowercase();
    if prose::find(&lower, "transition").is_none() {
        return false;
    }
    let before = first_arrow(&lower).and_then(|(at, _)| lower.get(..at)).unwrap_or("");
    // "Test each transition → verify" is a step of a test.
    says(before, &["transition", "transitions"])
        && !says(&lower, &["test", "tests", "verify", "verifies"])
}

/// Where the first arrow of a text stands, and how long it is.
fn first_arrow(text: &str) -> Option<(usize, usize)> {
    ARROWS.iter().filter_map(|arrow| Some((prose::find(text, arrow)?, arrow.len()))).min()
}

/// Whether a line holds nothing but the chain and a label before it.
fn is_chain(line: &str) -> bool {
    let body = line.rsplit(": ").next().unwrap_or(line);
    let first = first_arrow(body).map_or(0, |(at, _)| at);
    let before = body.get(..first).unwrap_or("").trim_matches(['-', '*', '`', ' ', '1', '.']);
    !before.contains(' ')
}

/// The changes of a line, from each arrow's left to its right.
fn changes(line: &str) -> Vec<Change> {
    let parts = split(line);
    let last = parts.len().saturating_sub(2);
    let pairs = parts.windows(2).enumerate().filter_map(|(at, pair)| {
        let [left, right] = pair else { return None };
        Some((left_names(left, at == 0)?, right_names(right, at == last)?))
    });
    let found: Vec<Change> = pairs.collect();
    // A chain with a part that is no name is none.
    if found.len() + 1 == parts.len() { found } else { Vec::new() }
}

fn split(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = line.trim();
    while let Some((at, len)) = first_arrow(rest) {
        parts.extend(rest.get(..at));
        rest = rest.get(at + len..).unwrap_or("");
    }
    parts.push(rest);
    parts
}

/// The names before an arrow: after the last mark; at the start of a line the last word.
fn left_names(part: &str, is_first: bool) -> Option<Vec<String>> {
    let part = part.trim_end();
    let group = part.strip_suffix(')').and_then(|it| it.rsplit_once('('));
    // "(queued | running)" is a choice, "next(state)" a call.
    let (before, part) = group.unwrap_or(("", part));
    if before.ends_with(char::is_alphanumeric) {
        return None;
    }
    let tail = part.rsplit(ENDS).next().unwrap_or(part).trim();
    let word = tail.rsplit(' ').next().unwrap_or(tail);
    valid(names(if is_first { word } else { tail }))
}

/// The names behind an arrow: up to the first mark; at the end of a line the first word.
fn right_names(part: &str, is_last: bool) -> Option<Vec<String>> {
    let part = part.trim_start().trim_start_matches('(');
    let head = part.split(ENDS).next().unwrap_or(part).trim();
    let is_choice = head.contains('|') || head.contains(" or ") || head.contains(" / ");
    let word = head.split(' ').next().unwrap_or(head);
    valid(names(if is_last && !is_choice { word } else { head }))
}

/// Names without marks of code and emphasis, where all of them can be names of states.
fn valid(names: Vec<String>) -> Option<Vec<String>> {
    let clean = |it: String| it.trim_matches(['`', '*', '"', '\'', '_', '“', '”']).to_owned();
    let names: Vec<String> = names.into_iter().map(clean).collect();
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
    let is_name = |it: &String| {
        it.starts_with(char::is_alphabetic) && it.len() <= 30 && it.chars().all(is_part)
    };
    (!names.is_empty() && names.iter().all(is_name)).then_some(names)
}

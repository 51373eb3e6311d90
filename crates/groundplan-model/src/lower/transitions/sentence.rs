//! Sentences: "an order moves from draft to placed", "only queued exports can be cancelled".

use groundplan_syntax::Kind;

use super::super::{Reading, prose};
use super::{States, names};
use crate::Certainty;
use crate::document::Transition;

/// What is common to all sentences about a change: nothing else is taken apart.
const TRIGGERS: [&str; 2] = [" from ", "nly "];

pub(super) fn read(reading: &Reading<'_>, states: &States, found: &mut Vec<Transition>) {
    // Only the values of a column are known to be states.
    if states.is_empty() {
        return;
    }
    let triggers = prose::Triggers::of(reading.text, &TRIGGERS);
    for block in reading.index.texts_at(&triggers) {
        if matches!(block.kind, Kind::Heading(_)) {
            continue;
        }
        for (at, sentence) in prose::sentences(reading.source.slice(block.span)) {
            let words = plain(sentence);
            let change = moves(&words).or_else(|| only(&words));
            let Some((from, to)) = change.filter(|it| is_known(states, it)) else { continue };
            let span = prose::trimmed(block.span, at, sentence);
            found.push(Transition { from, action: None, to, span, certainty: Certainty::Inferred });
        }
    }
}

/// Lower case, without marks; an underscore is a part of a name here.
fn plain(sentence: &str) -> String {
    let kept = sentence.chars().filter(|c| !matches!(c, '*' | '`' | '"' | '\''));
    kept.map(|c| if c == '\n' { ' ' } else { c }).flat_map(char::to_lowercase).collect()
}

fn is_known(states: &States, (from, to): &(Vec<String>, String)) -> bool {
    states.hold(from.iter().chain([to]))
}

/// "moves from draft or review to placed when it is paid".
fn moves(words: &str) -> Option<(Vec<String>, String)> {
    const VERBS: [&str; 10] = [
        "moves from",
        "move from",
        "moved from",
        "transitions from",
        "transition from",
        "changes from",
        "change from",
        "goes from",
        "go from",
        "switches from",
    ];
    let at = VERBS.iter().find_map(|it| Some(prose::find_word(words, it)? + it.len()))?;
    let (from, rest) = words.get(at..)?.split_once(" to ")?;
    Some((names(from), first_word(rest)?))
}

/// "only queued or running exports can be cancelled".
fn only(words: &str) -> Option<(Vec<String>, String)> {
    let at = prose::find_word(words, "only")? + "only".len();
    let rest = words.get(at..)?;
    let (subject, after) = [" can be ", " may be "].iter().find_map(|it| rest.split_once(it))?;
    // The last word of the subject is the noun.
    let (from, _noun) = subject.trim().rsplit_once(' ')?;
    let from = from.trim_start_matches("a ").trim_start_matches("an ");
    Some((names(from), first_word(after)?))
}

fn first_word(text: &str) -> Option<String> {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-');
    text.get(..end.unwrap_or(text.len())).filter(|it| !it.is_empty()).map(str::to_owned)
}

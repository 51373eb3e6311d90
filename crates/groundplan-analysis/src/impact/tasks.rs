//! Tasks that cover a subject: their words name it.

use groundplan_model::{Certainty, paths};

use super::{Fact, Place, Search, Subject, Touched, TouchedKind};

/// Items with a box, in the documents of the chain, that name the subject.
pub(super) fn covering(search: &Search<'_>, subject: &Subject, found: &mut Vec<Touched>) {
    for outline in search.scope(&subject.path) {
        for task in &outline.tasks {
            let Some((certainty, distance)) = covers(&task.text.text, &subject.fact) else {
                continue;
            };
            let id = task.id.as_deref().map(|it| format!("{it} ")).unwrap_or_default();
            let state =
                if task.mark == groundplan_model::document::Mark::Done { "done" } else { "open" };
            found.push(Touched {
                kind: TouchedKind::Task,
                path: outline.path.clone(),
                place: Place::Text(task.text.span),
                reason: format!("task {id}names it and is {state}"),
                certainty,
                distance,
            });
        }
    }
}

/// Whether a task names a fact, and how sure and near that is.
fn covers(text: &str, fact: &Fact) -> Option<(Certainty, u8)> {
    let lower = text.to_lowercase();
    let stated = |is: bool| is.then_some((Certainty::Stated, 1));
    let inferred = |is: bool| is.then_some((Certainty::Inferred, 2));
    match fact {
        Fact::Requirement(id) => stated(has_word(&lower, &id.to_lowercase())),
        Fact::Endpoint { method, shape } => names_endpoint(text, method.as_str(), shape),
        Fact::Setting(name) => stated(has_word(&lower, &name.to_lowercase())),
        Fact::Table(name) => inferred(has_word(&lower, &name.to_lowercase())),
        Fact::Column { table, column } => {
            let both = has_word(&lower, &table.to_lowercase());
            inferred(both && has_word(&lower, &column.to_lowercase()))
        }
        Fact::Component(name) => inferred(has_word(&lower, &name.to_lowercase())),
        Fact::Section | Fact::Document => None,
    }
}

/// The path with its method, or the path alone.
fn names_endpoint(text: &str, method: &str, shape: &str) -> Option<(Certainty, u8)> {
    let bare = |it: &str| it.trim_matches(|c: char| "`*,;:()\"'".contains(c)).to_owned();
    let words: Vec<String> = text.split_whitespace().map(bare).collect();
    let is_path = |it: &String| it.starts_with('/') && paths::shape(it).to_lowercase() == *shape;
    let at = words.iter().position(is_path)?;
    let before = at.checked_sub(1).and_then(|it| words.get(it));
    match before.filter(|it| groundplan_model::document::Method::parse(it).is_some()) {
        Some(named) if named.eq_ignore_ascii_case(method) => Some((Certainty::Stated, 1)),
        Some(_) => None,
        None => Some((Certainty::Inferred, 2)),
    }
}

/// Whether `word` stands in `text` and is no part of a longer one; `FR-1` is none in `FR-10`.
fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    !word.is_empty()
        && text.match_indices(word).any(|(at, _)| {
            let before = text.get(..at).and_then(|it| it.chars().next_back());
            let mut after = text.get(at + word.len()..).unwrap_or("").chars();
            // A dot ends a sentence, or goes on with a number: `FR-1.2`.
            let next = after.next();
            let goes_on = next == Some('.') && after.next().is_some_and(char::is_alphanumeric);
            !before.is_some_and(is_part) && !next.is_some_and(is_part) && !goes_on
        })
}

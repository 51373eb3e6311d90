//! Headers that a document promises in sentences: `ETag`, `Idempotency-Key`, `X-Cache`.

#[cfg(test)]
mod tests;

use super::clues::Clue;
use super::{Reading, json, prose};
use crate::document::{Concept, Policy, PolicyKind, PromisedHeader, Text};

/// Where the same words tell what may come, what went wrong, or what is still to do.
const ELSEWHERE: &[Concept] = &[
    Concept::Risks,
    Concept::Plan,
    Concept::Checklist,
    Concept::Questions,
    Concept::Changes,
    Concept::References,
    Concept::Decisions,
    Concept::Testing,
];

/// Words of sentences that promise nothing.
const NEGATIONS: [&str; 9] =
    ["no", "not", "none", "without", "never", "cannot", "instead", "later", "future"];

pub(super) fn read(reading: &mut Reading<'_>) {
    let triggers = reading.clues.of(Clue::PromisedHeaders);
    if triggers.is_empty() {
        return;
    }
    let mut found = Vec::new();
    // A cell of an error's row tells of a request's header, and promises none.
    for block in reading.index.texts_at(&triggers).filter(|it| it.is_running()) {
        let start = block.span.start;
        if reading.is_under(start, ELSEWHERE) {
            continue;
        }
        let endpoint = json::endpoint(reading, start);
        for (at, sentence) in prose::sentences(reading.source.slice(block.span)) {
            let span = prose::trimmed(block.span, at, sentence);
            found.extend(headers(sentence).map(|header| Policy {
                kind: PolicyKind::Promised { header, endpoint },
                text: Text { text: sentence.trim().to_owned(), span },
            }));
        }
    }
    reading.document.policies.extend(found);
}

fn headers(sentence: &str) -> impl Iterator<Item = PromisedHeader> {
    let words = prose::plain(sentence);
    let states = !sentence.contains(['?', '['])
        && !NEGATIONS.iter().any(|word| prose::has_word(&words, word));
    let named = move |header: &PromisedHeader| {
        states && prose::has_word(&words, &header.name().to_ascii_lowercase())
    };
    PromisedHeader::ALL.into_iter().filter(named)
}

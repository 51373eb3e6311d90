//! Error answers of a contract sketched in a block: `Response 404: {error: …}`.

use groundplan_syntax::Span;

use super::super::clues::Clue;
use super::super::{Reading, json, prose};
use super::error_status;
use crate::Certainty;
use crate::document::{ErrorCase, Text};

const LEADS: [&str; 3] = ["Response ", "Responses ", "HTTP "];

pub(super) fn read(reading: &Reading<'_>, found: &mut Vec<ErrorCase>) {
    let triggers = reading.clues.of(Clue::Contract);
    for fence in reading.fences.iter().filter(|fence| triggers.any_in(fence.content)) {
        let mut at = fence.content.start as usize;
        for line in reading.source.slice(fence.content).split_inclusive('\n') {
            found.extend(case(reading, line, at));
            at += line.len();
        }
    }
}

/// The answer that a line of a block, which begins at `base`, tells.
fn case(reading: &Reading<'_>, line: &str, base: usize) -> Option<ErrorCase> {
    let body = line.trim_start_matches([' ', '\t', '-', '*', '#']);
    let rest = LEADS.iter().find_map(|lead| body.strip_prefix(lead))?;
    let status = error_status(rest.get(..3)?)?;
    let words = rest.get(3..).filter(|it| it.trim_start().starts_with([':', '{', '-', '(']))?;
    let skip = words.len() - words.trim_start_matches([' ', ':', '-']).len();
    let words = words.get(skip..)?.trim_end();
    let start = base + line.len() - rest.len();
    let place = Span::new(start + 3 + skip, start + 3 + skip + words.len());
    Some(ErrorCase {
        status,
        span: Span::new(start, start + 3),
        statement: prose::trimmed(Span::at(base), 0, line),
        meaning: Text { text: words.to_owned(), span: place },
        // A sketch is no JSON.
        body: None,
        certainty: Certainty::Inferred,
        endpoint: json::endpoint(reading, Span::at(start).start),
    })
}

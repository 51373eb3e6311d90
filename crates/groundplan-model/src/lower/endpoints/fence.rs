//! Endpoints in a block that lists them, a line each: `GET /orders   # lists orders`.

use groundplan_syntax::Span;

use super::super::clues::Clue;
use super::super::{Fence, Reading};
use super::{bare, method_and_path};
use crate::Certainty;
use crate::document::{Endpoint, Form, Text};

pub(in super::super) fn read(reading: &mut Reading<'_>) {
    const LANGUAGES: [&str; 5] = ["", "text", "txt", "http", "rest"];
    let mut found = Vec::new();
    for fence in &reading.fences {
        let has_one = reading.clues.any_in(Clue::Methods, fence.content);
        if has_one && fence.closed && LANGUAGES.contains(&reading.language(*fence).as_ref()) {
            found.extend(list(reading, *fence));
        }
    }
    reading.document.endpoints.extend(found);
}

/// The endpoints of a block, where it is a list of them: two or more, and little else. A recorded
/// request has one, and headers and a body below it.
fn list(reading: &Reading<'_>, fence: Fence) -> Vec<Endpoint> {
    let mut found = Vec::new();
    let mut others = 0;
    let mut at = fence.content.start as usize;
    for line in reading.source.slice(fence.content).split_inclusive('\n') {
        let body = line.trim();
        match endpoint(line, at) {
            Some(endpoint) => found.push(endpoint),
            None if body.is_empty() || body.starts_with(['#', '/', '-']) => {}
            None => others += 1,
        }
        at += line.len();
    }
    if found.len() >= 2 && others * 2 <= found.len() { found } else { Vec::new() }
}

fn endpoint(line: &str, base: usize) -> Option<Endpoint> {
    let lead = line.len() - line.trim_start().len();
    let body = line.trim();
    let (method, path) = method_and_path(body)?;
    let rest = body.get(path.end..)?;
    if rest.trim_start().starts_with("HTTP/") {
        return None;
    }
    let start = base + lead + body.find(path.text.as_str())?;
    let skip = rest.len() - rest.trim_start_matches(|c: char| " \t#-–—→/:".contains(c)).len();
    let words = rest.get(skip..)?;
    let at = base + lead + path.end + skip;
    let span = Span::new(at, at + words.len());
    let purpose = (!words.is_empty()).then(|| Text { text: words.to_owned(), span });
    let place = Span::new(start, base + lead + path.end);
    let statement = Span::new(base + lead, base + lead + body.len());
    let certainty = Certainty::Inferred;
    Some(Endpoint { purpose, certainty, ..bare(method, path, place, statement, Form::Fence) })
}

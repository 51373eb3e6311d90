//! Mermaid's state diagrams: `Queued --> Running: start`.

use groundplan_syntax::Span;

use super::super::{Fence, Reading};
use crate::Certainty;
use crate::document::Transition;

pub(super) fn read(reading: &Reading<'_>, found: &mut Vec<Transition>) {
    for fence in reading.fences.iter().filter(|it| reading.language(**it) == "mermaid") {
        if reading.source.slice(fence.content).trim_start().starts_with("stateDiagram") {
            lines(reading, *fence, found);
        }
    }
}

fn lines(reading: &Reading<'_>, fence: Fence, found: &mut Vec<Transition>) {
    let mut at = fence.content.start as usize;
    for line in reading.source.slice(fence.content).split_inclusive('\n') {
        let body = line.trim();
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        found.extend(transition(body, Span::new(start, start + body.len())));
    }
}

/// A change between two states; the marks of the beginning and the end are none.
fn transition(line: &str, span: Span) -> Option<Transition> {
    let (from, rest) = line.split_once("-->")?;
    let (to, action) = rest.split_once(':').map_or((rest, None), |(to, it)| (to, Some(it)));
    let name = |text: &str| Some(text.trim().to_lowercase()).filter(|it| it != "[*]");
    let action = action.map(|it| it.trim().to_lowercase()).filter(|it| !it.is_empty());
    Some(Transition {
        from: vec![name(from)?],
        action,
        to: name(to)?,
        span,
        certainty: Certainty::Stated,
    })
}

//! Routes in sample code: `@router.post("/orders")`.

use groundplan_syntax::Span;

use super::super::{Fence, Reading, prose};
use super::{bare, path};
use crate::Certainty;
use crate::document::{Endpoint, Form, Method};

pub(in super::super) fn read(reading: &mut Reading<'_>) {
    let mut found = Vec::new();
    for fence in &reading.fences {
        if memchr::memchr(b'@', reading.source.slice(fence.content).as_bytes()).is_some() {
            lines(reading, *fence, &mut found);
        }
    }
    reading.document.mentions.extend(found);
}

fn lines(reading: &Reading<'_>, fence: Fence, found: &mut Vec<Endpoint>) {
    let text = reading.source.slice(fence.content);
    let lines = prose::lines(text, fence.content.start as usize);
    found.extend(lines.filter_map(|(at, line)| decorator(line, at)));
}

/// `@NAME.METHOD("PATH"`: FastAPI, Flask and their like.
fn decorator(line: &str, base: usize) -> Option<Endpoint> {
    let body = line.trim_start().strip_prefix('@')?;
    let (target, arguments) = body.split_once('(')?;
    let (_, name) = target.rsplit_once('.')?;
    let is_lower = name.chars().all(|c| c.is_ascii_lowercase());
    let method = Method::parse(name).filter(|_| is_lower)?;
    let quoted = arguments.trim_start().strip_prefix(['"', '\''])?;
    let stated = path(quoted).filter(|it| it.text.len() > 1)?;
    let start = base + line.len() - quoted.len();
    let span = Span::new(start, start + stated.end);
    let statement = Span::new(base, base + line.trim_end().len());
    let certainty = Certainty::Inferred;
    Some(Endpoint { certainty, ..bare(method, stated, span, statement, Form::Fence) })
}

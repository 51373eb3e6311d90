//! Endpoints that are named and not defined: `POST /orders` in a sentence, a cell or a code block.

#[cfg(test)]
mod tests;

use groundplan_syntax::{Kind, Span};

use super::super::clues::Clue;
use super::super::{Reading, prose};
use super::{Path, bare, methods, path};
use crate::Certainty;
use crate::document::{Endpoint, Form};

pub(in super::super) fn read(reading: &mut Reading<'_>) {
    let text = reading.text;
    let defined: Vec<Span> = reading.document.endpoints.iter().map(|it| it.span).collect();
    let hidden = comments(reading);
    let mut found: Vec<Endpoint> = Vec::new();
    let mut done = 0;
    for place in reading.clues.places(Clue::Methods) {
        let (start, end) = (place.start as usize, place.end as usize);
        if start < done || !prose::is_word(text, start, end) {
            continue;
        }
        let Some((len, mut endpoints)) = mention(reading, start) else { continue };
        done = start + len;
        let inside =
            |it: &Endpoint| defined.iter().chain(&hidden).any(|span| span.contains(it.span));
        endpoints.retain(|it| !inside(it));
        found.append(&mut endpoints);
    }
    reading.document.mentions = found;
}

/// HTML comments, which no reader of the document sees.
fn comments(reading: &Reading<'_>) -> Vec<Span> {
    let tree = reading.tree;
    if reading.clues.places(Clue::Comments).is_empty() {
        return Vec::new();
    }
    let blocks = tree.descendants(tree.root()).filter(|it| tree.kind(*it) == Kind::HtmlBlock);
    let spans = blocks.map(|it| tree.span(it));
    spans.filter(|it| reading.source.slice(*it).trim_start().starts_with("<!--")).collect()
}

/// The endpoints of `GET /x` or `GET/PUT /x` at `start`, and how many bytes they take.
fn mention(reading: &Reading<'_>, start: usize) -> Option<(usize, Vec<Endpoint>)> {
    let rest = reading.text.get(start..)?;
    let is_part = |c: char| c.is_ascii_uppercase() || matches!(c, '/' | ',' | '|');
    let len = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
    let names = rest.get(..len)?.trim_end_matches(['/', ',', '|']);
    let stated = methods(names)?;
    let after = rest.get(names.len()..)?;
    let gap = gap(after);
    let at = names.len() + gap;
    let path = path(after.get(gap..)?).filter(|_| gap > 0).filter(|it| is_whole(&it.text))?;
    let span = Span::new(start + at, start + at + path.end);
    let form = form(reading, span);
    let line = reading.source.line_of(start);
    let endpoints = stated.into_iter().map(|method| {
        let path = Path { text: path.text.clone(), query: path.query.clone(), end: 0 };
        let certainty = Certainty::Inferred;
        Endpoint { certainty, ..bare(method, path, span, line, form) }
    });
    Some((at + path.end, endpoints.collect()))
}

/// The length of what stands between a method and its path: marks, or words as in "POST to `/x`". A
/// line may end there, where running text is wrapped.
fn gap(after: &str) -> usize {
    const WORDS: [&str; 4] = ["to ", "request to ", "requests to ", "on "];
    let marks = ['`', '*', ' ', '\t', ':'];
    let body = after.trim_start_matches(marks);
    let named = WORDS.iter().find_map(|words| body.strip_prefix(words));
    let body =
        named.map(|it| it.trim_start_matches('`')).filter(|it| it.starts_with('/')).unwrap_or(body);
    let wrapped = body.strip_prefix('\n').map(|it| it.trim_start_matches([' ', '>']));
    let body = wrapped.filter(|it| it.starts_with(['/', '`'])).unwrap_or(body);
    after.len() - body.len()
}

/// Whether nothing of the path is cut, and it is more than the root.
fn is_whole(path: &str) -> bool {
    let is_closed = path.matches('{').count() == path.matches('}').count();
    let is_cut = path.contains("...") || path.contains(['*', '…', '$', '%']);
    path.len() > 1 && is_closed && !is_cut
}

fn form(reading: &Reading<'_>, span: Span) -> Form {
    let fenced = reading.fences.iter().any(|fence| fence.content.contains(span));
    let line = reading.source.slice(reading.source.line_of(span.start as usize));
    match line.trim_start().chars().next() {
        _ if fenced => Form::Fence,
        Some('|') => Form::Table,
        Some('-' | '*' | '+') => Form::Bullet,
        Some('#') => Form::Heading,
        _ => Form::Prose,
    }
}

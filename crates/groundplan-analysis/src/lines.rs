//! Lines of a document with their places: for rules about shapes that no reader gives as facts.

use groundplan_model::Document;
use groundplan_model::document::Form;
use groundplan_syntax::Span;

/// A line without its end.
#[derive(Clone, Copy)]
pub(crate) struct Line<'a> {
    /// What it says, trimmed.
    pub(crate) text: &'a str,
    /// Where that stands.
    pub(crate) span: Span,
}

/// The lines of `within` that are not empty.
pub(crate) fn lines(document: &Document, within: Span) -> impl Iterator<Item = Line<'_>> {
    let text = document.source.slice(within);
    text.split_inclusive('\n')
        .scan(within.start as usize, |next, line| {
            let at = *next;
            *next += line.len();
            Some((at, line))
        })
        .filter_map(|(at, line)| {
            let text = line.trim();
            let start = at + line.len() - line.trim_start().len();
            let span = Span::new(start, start + text.len());
            (!text.is_empty()).then_some(Line { text, span })
        })
}

/// The lines of the whole document that hold one of `words`, which are spelled as they are. Found
/// many bytes a step: most documents have none.
pub(crate) fn with_words<'a>(document: &'a Document, words: &[&str]) -> Vec<Line<'a>> {
    let text = document.source.text();
    let mut starts = Vec::new();
    for word in words {
        let places = memchr::memmem::find_iter(text.as_bytes(), word.as_bytes());
        starts.extend(places.map(|at| document.source.line_of(at)));
    }
    starts.sort_unstable();
    starts.dedup();
    starts.into_iter().flat_map(|span| lines(document, span)).collect()
}

/// Whether a long text holds one of `words`, spelled as they are.
pub(crate) fn holds(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some())
}

/// Whether the line stands in a block of code.
pub(crate) fn is_code(document: &Document, line: Line<'_>) -> bool {
    document.form_of(line.span) == Form::Fence
}

/// The block of code around a line, without its fences.
pub(crate) fn block(document: &Document, line: Line<'_>) -> Span {
    let source = &document.source;
    let number = source.line(line.span.start as usize);
    let is_in = |at: usize| {
        let span = source.line_span(at)?;
        let text = source.slice(span).trim_start();
        let is_fence = text.starts_with("```") || text.starts_with("~~~");
        (!is_fence && document.form_of(span) == Form::Fence).then_some(span)
    };
    let first = (1..=number).rev().map_while(is_in).last();
    let last = (number..).map_while(is_in).last();
    first.zip(last).map_or(line.span, |(first, last)| first.join(last))
}

/// The words of an item of a list without its mark, box and markup.
pub(crate) fn item(line: &str) -> Option<&str> {
    let unmarked = line.strip_prefix(['-', '*', '+']).and_then(|rest| rest.strip_prefix(' '));
    let text = unmarked.or_else(|| numbered(line))?.trim_start();
    let boxed = ["[ ] ", "[x] ", "[X] "].iter().find_map(|it| text.strip_prefix(it));
    Some(boxed.unwrap_or(text))
}

/// The words of a numbered item without its number.
pub(crate) fn numbered(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let text = rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") "))?;
    (rest.len() < line.len()).then_some(text)
}

/// Whether `text` holds one of `words`; both in lower case.
pub(crate) fn any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests;

//! JSON examples, and what they are examples of.

use groundplan_syntax::{Kind, NodeId, Span};
use serde_json::Value;

use super::{Fence, Reading, prose};
use crate::document::{Endpoint, Example, ExampleRole, Form, Text};

pub(super) fn read(reading: &mut Reading<'_>) {
    let fences = reading.fences.clone();
    for fence in fences {
        let language = reading.language(fence);
        if matches!(language.as_ref(), "json" | "jsonc" | "json5") && fence.closed {
            let found = example(reading, fence, &language);
            reading.document.examples.push(found);
        }
    }
}

fn example(reading: &Reading<'_>, fence: Fence, language: &str) -> Example {
    let text = reading.source.slice(fence.content);
    let parsed: Result<Value, _> = serde_json::from_str(text);
    let label = label(reading, fence.node);
    let mut found = Example {
        span: fence.content,
        value: None,
        fault: None,
        shape_only: false,
        role: role(&label, text),
        endpoint: endpoint(reading, fence.content.start),
    };
    match parsed {
        Ok(value) => found.value = Some(value),
        Err(_) if language != "json" || shows_a_shape(text) => found.shape_only = true,
        Err(error) => {
            let message = error.to_string();
            let span = place(text, fence.content, error.line(), error.column());
            let span = if message.starts_with("trailing comma") {
                comma_before(text, fence.content, span)
            } else {
                span
            };
            let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
            found.fault = Some(Text { text: message, span });
        }
    }
    found
}

/// Whether a block means to show a form, not a document: comments, ellipses, type words, unfilled
/// names, several documents, or members without braces.
fn shows_a_shape(text: &str) -> bool {
    let body = text.trim_start();
    let has_comment = text.lines().any(|line| {
        let line = line.trim_start();
        line.starts_with("//") || line.starts_with('#') || line.contains(" //")
    });
    let starts_as_json = body.starts_with(['{', '[', '"']);
    let several = serde_json::Deserializer::from_str(text)
        .into_iter::<Value>()
        .take_while(Result::is_ok)
        .count()
        >= 1;
    let marks = ["...", "…", "/*", "<", "{{", "|"];
    let has_type_word = text.lines().any(is_type_line);
    has_comment
        || !starts_as_json
        || several
        || has_type_word
        || marks.iter().any(|mark| text.contains(mark))
}

/// `"id": string,` or `"id": UUID`: a bare word that is no JSON value.
fn is_type_line(line: &str) -> bool {
    let Some((_, value)) = line.split_once(": ") else { return false };
    let value = value.trim().trim_end_matches(',').trim_end_matches("[]");
    !matches!(value, "true" | "false" | "null" | "")
        && value.chars().all(|c| c.is_alphanumeric() || c == '_')
        && value.starts_with(|c: char| c.is_alphabetic())
}

fn place(text: &str, content: Span, line: usize, column: usize) -> Span {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).and_then(|it| it.lines().next()).unwrap_or("");
    // serde_json counts bytes, from 1; at the end of input it points behind the last one.
    let mut at = column.saturating_sub(1).min(rest.len().saturating_sub(1));
    while at > 0 && !rest.is_char_boundary(at) {
        at -= 1;
    }
    let len = rest.get(at..).and_then(|it| it.chars().next()).map_or(0, char::len_utf8);
    let from = content.start as usize + start + at;
    Span::new(from, from + len)
}

/// The comma that is one too many: the parser stops at the brace behind it.
fn comma_before(text: &str, content: Span, brace: Span) -> Span {
    let end = brace.start.saturating_sub(content.start) as usize;
    let comma = text.get(..end).and_then(|it| it.rfind(','));
    comma.map_or(brace, |at| {
        let start = content.start as usize + at;
        Span::new(start, start + 1)
    })
}

/// The text right above a fence: a paragraph, a heading, or the list item that holds it.
fn label(reading: &Reading<'_>, fence: NodeId) -> String {
    let tree = reading.tree;
    let start = tree.span(fence).start;
    let labels = |kind: Kind| matches!(kind, Kind::Paragraph | Kind::Heading(_) | Kind::Item);
    let above = tree.before(fence).find(|node| labels(tree.kind(*node)));
    let text = above.map(|node| {
        let span = tree.span(node);
        let end = span.end.min(start);
        prose::lower_case(reading.source.slice(Span { start: span.start.min(end), end }))
    });
    text.unwrap_or_default()
}

fn role(label: &str, text: &str) -> ExampleRole {
    let first = text.lines().next().unwrap_or("").to_lowercase();
    let words = if first.trim_start().starts_with("//") { &first } else { label };
    // The last line of a label names what follows: "Send this request. **Response:**".
    let last = words.trim_end().lines().last().unwrap_or("");
    let holds = |names: &[&str]| names.iter().any(|name| prose::has_word(last, name));
    if holds(&["response", "responses", "returns", "answer", "answers", "output", "result"]) {
        return ExampleRole::Response(status(last));
    }
    if holds(&["request", "body", "payload", "input", "send"]) {
        return ExampleRole::Request;
    }
    match status(last) {
        Some(status) => ExampleRole::Response(Some(status)),
        None => ExampleRole::Unknown,
    }
}

/// A number of three digits that can be an HTTP status.
pub(super) fn status(text: &str) -> Option<u16> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let numbers = words.filter(|word| word.len() == 3).filter_map(|word| word.parse().ok());
    numbers.into_iter().find(|number| (100..600).contains(number))
}

/// The endpoint that a place belongs to: the last one stated above it in the same section, by a
/// heading, by lines of its own, or by the only row of a table.
pub(super) fn endpoint(reading: &Reading<'_>, at: u32) -> Option<usize> {
    let document = &reading.document;
    let holds = |offset: u32| {
        let section = document.section_at(offset);
        section.is_none_or(|it| it.span.start <= at && at < it.span.end)
    };
    let leads = |endpoint: &Endpoint| match endpoint.form {
        Form::Heading | Form::Lines | Form::Bullet => true,
        Form::Table => is_only_row(reading, endpoint) && is_beside(reading, endpoint, at),
        _ => false,
    };
    let mut above = document.endpoints.iter().enumerate().rev();
    let (found, endpoint) =
        above.find(|(_, it)| it.span.start < at && holds(it.span.start) && leads(it))?;
    // A list of several endpoints above an example does not say which of them it shows.
    (endpoint.form != Form::Bullet || endpoint.statement.end > at).then_some(found)
}

/// Whether the endpoint's table has one row.
fn is_only_row(reading: &Reading<'_>, endpoint: &Endpoint) -> bool {
    let mut tables = reading.tables.iter();
    let own = tables.find(|table| table.view.span.contains(endpoint.statement));
    own.is_some_and(|table| table.view.rows.len() == 1)
}

/// Whether no heading stands between the endpoint and `at`.
fn is_beside(reading: &Reading<'_>, endpoint: &Endpoint, at: u32) -> bool {
    let heading = |offset: u32| reading.document.section_at(offset).map(|it| it.heading);
    heading(endpoint.span.start) == heading(at)
}

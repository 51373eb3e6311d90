//! Documented error answers: for all endpoints, for one, and the form of their bodies.

use groundplan_syntax::Span;
use serde_json::Value;

use super::statements::Statement;
use crate::Certainty;
use crate::document::{Document, ErrorCase, ExampleRole, Text};
use crate::service::{ErrorShape, Slot};

/// Rows that hold for all endpoints: the first of each status.
pub(super) fn general(document: &Document) -> Vec<ErrorCase> {
    let mut found: Vec<ErrorCase> = Vec::new();
    for case in document.error_rows().filter(|case| case.endpoint.is_none()) {
        if found.iter().all(|it| it.status != case.status) {
            found.push(case.clone());
        }
    }
    found
}

/// Rows of one endpoint: statuses in its own `Errors` cell and the cases under its section.
pub(super) fn own(document: &Document, statement: &Statement) -> Vec<ErrorCase> {
    let is_own =
        |case: &&ErrorCase| case.endpoint.is_some_and(|at| statement.endpoints.contains(&at));
    let mut found: Vec<ErrorCase> = Vec::new();
    let cells = statement.stated(document);
    let listed = cells.filter_map(|it| Some((it.errors.as_ref()?, it.statement)));
    let listed: Vec<ErrorCase> =
        listed.flat_map(|(cell, row)| cell_cases(document, cell, row)).collect();
    let stated = document.error_rows().filter(is_own).cloned();
    for case in listed.into_iter().chain(stated) {
        match found.iter_mut().find(|it| it.status == case.status) {
            Some(known) if known.meaning.text.is_empty() => known.meaning = case.meaning,
            Some(_) => {}
            None => found.push(case),
        }
    }
    found
}

/// `400, 404, 409` with the place of each.
fn cell_cases(document: &Document, cell: &Text, row: Span) -> Vec<ErrorCase> {
    let raw = document.source.slice(cell.span);
    let mut found = Vec::new();
    let mut at = 0;
    for word in raw.split(|c: char| !c.is_ascii_digit()) {
        let status = word.parse().ok().filter(|it| (400..600).contains(it));
        if let Some(status) = status.filter(|_| word.len() == 3) {
            let start = cell.span.start as usize + at;
            let span = Span::new(start, start + 3);
            let meaning = Text { text: String::new(), span };
            found.push(ErrorCase {
                status,
                span,
                statement: row,
                meaning,
                body: None,
                certainty: Certainty::Stated,
                endpoint: None,
            });
        }
        at += word.len()
            + raw.get(at + word.len()..).and_then(|it| it.chars().next()).map_or(0, char::len_utf8);
    }
    found
}

/// The form of error bodies: all documented bodies together, or RFC 9457 where none is shown.
pub(super) fn shape(document: &Document) -> ErrorShape {
    let cells = document.error_rows().filter_map(|case| case.body.as_ref());
    let cells = cells.filter_map(|body| lenient(&body.text));
    let shown = document.examples.iter().filter(
        |example| matches!(example.role, ExampleRole::Response(Some(status)) if status >= 400),
    );
    let shown = shown.filter_map(|example| example.value.clone());
    let mut slots = Vec::new();
    for body in cells.chain(shown) {
        if let Value::Object(members) = &body {
            merge(&mut slots, members);
        }
    }
    let is_problem = |name: &str| slots.iter().any(|(key, _)| key == name);
    if slots.is_empty() || is_problem("title") && is_problem("type") {
        return ErrorShape::Problem;
    }
    ErrorShape::Documented(slots)
}

fn merge(slots: &mut Vec<(String, Slot)>, members: &serde_json::Map<String, Value>) {
    for (key, value) in members {
        let has_message = members.contains_key("message") || members.contains_key("detail");
        let Some(slot) = slot(key, value, has_message) else { continue };
        match slots.iter_mut().find(|(name, _)| name == key) {
            Some((_, Slot::Object(inner))) => {
                if let Value::Object(members) = value {
                    merge(inner, members);
                }
            }
            Some(_) => {}
            None => slots.push((key.clone(), slot)),
        }
    }
}

/// What stands for a member; `None` for one that we can't fill.
fn slot(key: &str, value: &Value, has_message: bool) -> Option<Slot> {
    let name = key.to_lowercase().replace('_', "");
    match value {
        Value::Object(members) => {
            let mut inner = Vec::new();
            merge(&mut inner, members);
            Some(Slot::Object(inner))
        }
        Value::Array(_) => Some(Slot::Faults),
        _ if name == "retryafter" => Some(Slot::RetryAfter),
        Value::Number(_) if matches!(name.as_str(), "status" | "statuscode" | "code") => {
            Some(Slot::Status)
        }
        _ => match name.as_str() {
            "code" | "errorcode" | "type" | "kind" => Some(Slot::Code),
            "error" if has_message => Some(Slot::Code),
            "error" | "message" | "detail" | "description" | "title" | "msg" | "reason" => {
                Some(Slot::Message)
            }
            "status" | "statuscode" => Some(Slot::Status),
            _ => None,
        },
    }
}

/// A body as cells write it: bare words count as text, `{"retry_after": seconds}`.
fn lenient(text: &str) -> Option<Value> {
    if let Ok(value) = serde_json::from_str(text) {
        return Some(value);
    }
    let mut quoted = String::with_capacity(text.len() + 8);
    let mut in_string = false;
    let mut in_word = false;
    for c in text.chars() {
        if c == '"' {
            in_string = !in_string;
        }
        let part = !in_string && c != '"' && (c.is_alphanumeric() || c == '_');
        if part != in_word {
            quoted.push('"');
            in_word = part;
        }
        quoted.push(c);
    }
    serde_json::from_str(&quoted).ok()
}

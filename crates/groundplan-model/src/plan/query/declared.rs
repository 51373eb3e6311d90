//! The query parameters that a document declares for an endpoint: in its path's query string, in
//! its request cell, in its contract.

use groundplan_syntax::Span;

use crate::document::{Document, Endpoint, Text};
use crate::plan::statements::Statement;

/// What the document says about the parameters of an endpoint.
#[derive(Debug, Default)]
pub(super) struct Declared {
    /// Each once, in the document's order.
    pub(super) parameters: Vec<Parameter>,
    /// Whether it says that there are some.
    says_query: bool,
}

/// A declared parameter.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) span: Span,
    /// Whether it takes several values.
    pub(super) many: bool,
}

impl Parameter {
    pub(super) fn of(name: &str, span: Span) -> Self {
        Self { name: name.to_owned(), span, many: false }
    }
}

impl Declared {
    /// The members of a search's body; where none is shown, any may be there.
    pub(super) fn of_body(parameters: Vec<Parameter>) -> Self {
        Self { parameters, says_query: true }
    }

    /// Whether the document says that there are parameters, and not which.
    pub(super) fn is_open(&self) -> bool {
        self.parameters.is_empty() && self.says_query
    }

    fn add(&mut self, name: &str, span: Span) {
        let is_new = self.parameters.iter().all(|it| it.name != name);
        if is_new && is_name(name) {
            self.parameters.push(Parameter::of(name, span));
        }
    }
}

pub(super) fn of(document: &Document, statement: &Statement) -> Declared {
    let mut declared = Declared::default();
    for endpoint in statement.stated(document) {
        for name in &endpoint.query {
            declared.add(name, endpoint.span);
        }
        if let Some(cell) = &endpoint.request {
            for name in in_cell(&cell.text) {
                declared.add(name, cell.span);
            }
        }
        declared.says_query |= says_query(endpoint);
    }
    for at in &statement.operations {
        let Some(operation) = document.operations.get(*at) else { continue };
        for name in &operation.query {
            declared.add(name, operation.span);
        }
    }
    declared
}

/// Names in a request cell: `?page&status=open`, `Query: status, limit`, `` `status`, `limit` ``.
fn in_cell(cell: &str) -> Vec<&str> {
    let questions: Vec<&str> =
        cell.match_indices('?').filter_map(|(at, _)| cell.get(at + 1..)).collect();
    // `{split?, subset?}` is a body whose members may be left out.
    if !cell.contains('{')
        && questions.iter().any(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
    {
        let names = questions.iter().flat_map(|rest| query_string(rest));
        return names.collect();
    }
    let lower = cell.to_ascii_lowercase();
    let leads = ["query parameters", "query params", "query", "params", "parameters", "filters"];
    let lead = leads.iter().find(|lead| lower.trim_start_matches('`').starts_with(**lead));
    let Some(lead) = lead else { return Vec::new() };
    let start = cell.len() - cell.trim_start_matches('`').len() + lead.len();
    let rest = cell.get(start..).unwrap_or("").trim_start();
    let names_follow = rest.starts_with('`');
    let list = rest
        .strip_prefix(':')
        .or_else(|| rest.strip_prefix('(').map(|it| it.trim_end_matches(')')));
    let Some(list) = list.or(names_follow.then_some(rest)) else { return Vec::new() };
    parts(list).into_iter().map(first_word).filter(|name| !name.is_empty()).collect()
}

/// Parts between commas that stand in no brackets.
fn parts(list: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0_u32, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '(' | '{' => depth += 1,
            ')' | '}' => depth = depth.saturating_sub(1),
            ',' | ';' | '&' if depth == 0 => {
                parts.extend(list.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.extend(list.get(start..));
    parts
}

/// Names of `page=1&status` up to the first character that no query string has.
fn query_string(text: &str) -> impl Iterator<Item = &str> {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '`' | ',' | ')' | '|' | '?'));
    let text = text.get(..end.unwrap_or(text.len())).unwrap_or(text);
    let names = text.split('&').filter_map(|pair| pair.split('=').next());
    names.map(|name| name.trim_end_matches(['.', ';'])).filter(|name| !name.is_empty())
}

/// `status` of `` `status` (open or closed)``.
fn first_word(part: &str) -> &str {
    let part = part.trim().trim_start_matches(['`', '*', '?']);
    let end = part.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '[' | ']')));
    part.get(..end.unwrap_or(part.len())).unwrap_or(part)
}

/// Letters, digits and what stands between them; an operator may follow in brackets.
fn is_name(name: &str) -> bool {
    let stem = name.split('[').next().unwrap_or(name);
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '$');
    !stem.is_empty() && name.len() <= 64 && stem.chars().all(is_word)
}

/// "Query params", "List with filtering".
fn says_query(endpoint: &Endpoint) -> bool {
    let has = |text: Option<&Text>, words: &[&str]| {
        let text = text.map(|it| it.text.to_ascii_lowercase()).unwrap_or_default();
        words.iter().any(|word| text.contains(word))
    };
    has(endpoint.request.as_ref(), &["query", "filter", "params"])
        || has(
            endpoint.purpose.as_ref(),
            &["filtering", "filtered", "filterable", "filter by", "query param"],
        )
}

//! Members of JSON examples beside the columns that they show.

use groundplan_model::Document;
use groundplan_model::document::{Example, ExampleRole};
use groundplan_model::schema::{Column, Table};

use crate::endpoints::is_parameter;
use crate::json_members::{Member, members};
use crate::names::same_noun;

/// A member of an example that has the name of a column.
pub(crate) struct Shown<'a> {
    pub(crate) table: &'a Table,
    pub(crate) column: &'a Column,
    pub(crate) member: Member,
}

/// Members that hold the row or the rows of an answer.
const ENVELOPES: [&str; 7] = ["data", "items", "results", "result", "rows", "records", "content"];

/// The first member for each column of each example whose endpoint is about a table.
pub(crate) fn shown_columns(document: &Document) -> Vec<Shown<'_>> {
    let mut found = Vec::new();
    for example in document.examples.iter().filter(|example| shows_rows(example)) {
        let Some(table) = table(document, example) else { continue };
        found.append(&mut columns(document, example, table));
    }
    found
}

/// Whether the example is a body of a request or of a success.
fn shows_rows(example: &Example) -> bool {
    let failed = matches!(example.role, ExampleRole::Response(Some(status)) if status >= 400);
    let error = example.value.as_ref().is_some_and(|value| value.get("error").is_some());
    example.value.is_some() && !failed && !error
}

/// The table that the example's endpoint is about: the one that the path's last word names. Where
/// no path names a table and there is only one, that one, if the examples look like it.
fn table<'a>(document: &'a Document, example: &Example) -> Option<&'a Table> {
    let endpoint = document.endpoints.get(example.endpoint?)?;
    let mut words = endpoint.path.split('/').rev().filter(|it| !it.is_empty() && !is_parameter(it));
    let word = words.next()?;
    let tables = &document.schema.tables;
    if let Some(named) = tables.iter().find(|table| same_noun(&table.name, word)) {
        return Some(named);
    }
    let [only] = tables.as_slice() else { return None };
    looks_like(document, example.endpoint?, only).then_some(only)
}

/// Whether at least two, and at least half, of the members of an endpoint's examples are columns.
fn looks_like(document: &Document, endpoint: usize, table: &Table) -> bool {
    let examples = document.examples.iter();
    let own = examples.filter(|it| it.endpoint == Some(endpoint) && shows_rows(it));
    let mut names: Vec<String> =
        own.flat_map(|it| rows(document, it, table)).filter_map(|mut it| it.path.pop()).collect();
    names.sort();
    names.dedup();
    let known = names.iter().filter(|name| table.column(name).is_some()).count();
    known >= 2 && known * 2 >= names.len()
}

fn columns<'a>(document: &Document, example: &Example, table: &'a Table) -> Vec<Shown<'a>> {
    let mut found: Vec<Shown<'a>> = Vec::new();
    for member in rows(document, example, table) {
        let Some(column) = member.path.last().and_then(|name| table.column(name)) else { continue };
        if !found.iter().any(|it| it.column.name == column.name) {
            found.push(Shown { table, column, member });
        }
    }
    found
}

/// Members of the rows that an example shows: those of its envelope where it has one, or its own.
fn rows(document: &Document, example: &Example, table: &Table) -> Vec<Member> {
    let text = document.source.slice(example.span);
    let all = members(text, example.span.start as usize);
    let is_envelope = |name: &str| ENVELOPES.contains(&name) || same_noun(name, &table.name);
    let opens = |member: &&Member| member.value.is_object() || member.value.is_array();
    let envelopes = all.iter().filter(opens);
    let envelope = envelopes
        .filter(|member| member.path.iter().all(|name| is_envelope(name)))
        .map(|member| member.path.clone())
        .max_by_key(Vec::len)
        .unwrap_or_default();
    let inside = |member: &Member| {
        member.path.split_last().is_some_and(|(_, parents)| parents == envelope.as_slice())
    };
    all.into_iter().filter(inside).collect()
}

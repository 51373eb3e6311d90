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

/// A member of an example that no column has, though most others have one.
pub(crate) struct Unstored<'a> {
    pub(crate) table: &'a Table,
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

/// Members of requests, and states in answers, that no column keeps; where two thirds of an
/// endpoint's members are columns.
pub(crate) fn unstored(document: &Document) -> Vec<Unstored<'_>> {
    let mut found: Vec<Unstored<'_>> = Vec::new();
    for example in document.examples.iter().filter(|example| shows_rows(example)) {
        let Some(table) = table(document, example) else { continue };
        if !is_mostly(document, example, table) {
            continue;
        }
        let members = rows(document, example, table).into_iter();
        for member in members.filter(|member| is_kept(example, member, table)) {
            if !found.iter().any(|it| it.member.path.last() == member.path.last()) {
                found.push(Unstored { table, member });
            }
        }
    }
    found
}

/// Whether a member has to be kept somewhere and no column has its name.
fn is_kept(example: &Example, member: &Member, table: &Table) -> bool {
    let name = member.path.last().map_or("", String::as_str);
    let is_state = matches!(name, "status" | "state");
    let plain = !member.value.is_object() && !member.value.is_array();
    let named = |column: &Column| same_noun(&column.name, name);
    (example.role == ExampleRole::Request || is_state) && plain && !table.columns.iter().any(named)
}

/// Whether at least three, and two thirds, of the members of an endpoint's examples are columns.
fn is_mostly(document: &Document, example: &Example, table: &Table) -> bool {
    let (known, all) = shown(document, example.endpoint, table);
    known >= 3 && known * 3 >= all * 2
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
    let (known, all) = shown(document, Some(endpoint), table);
    known >= 2 && known * 2 >= all
}

/// How many members an endpoint's examples have, and how many of them are columns.
fn shown(document: &Document, endpoint: Option<usize>, table: &Table) -> (usize, usize) {
    let examples = document.examples.iter();
    let own = examples.filter(|it| it.endpoint == endpoint && shows_rows(it));
    let mut names: Vec<String> =
        own.flat_map(|it| rows(document, it, table)).filter_map(|mut it| it.path.pop()).collect();
    names.sort();
    names.dedup();
    let known = names.iter().filter(|name| table.column(name).is_some()).count();
    (known, names.len())
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

//! Tables of documents beside this one (rule D3.9): an API is often told in one document of a chain
//! and its data in another.

use std::borrow::Cow;

use groundplan_syntax::Span;

use super::names::{singular, snake};
use super::statements::Statement;
use super::{entities, note};
use crate::document::Document;
use crate::schema::{Schema, Table};
use crate::service::{Note, NoteLevel, Segment};

/// The document's schema with the tables that its paths name and other documents define, and those
/// that these refer to.
pub(super) fn schema<'d>(
    document: &'d Document,
    beside: &[&Document],
    statements: &[Statement],
    notes: &mut Vec<Note>,
) -> Cow<'d, Schema> {
    let mut schema = Cow::Borrowed(&document.schema);
    for word in entities::words(statements) {
        let is_it = |it: &&Table| singular(&snake(&it.name)) == word;
        if schema.tables.iter().any(|it| is_it(&it)) {
            continue;
        }
        let found =
            beside.iter().find_map(|other| Some((other.schema.tables.iter().find(is_it)?, *other)));
        let Some((table, other)) = found else { continue };
        let span = named(statements, &word).unwrap_or_default();
        let message =
            format!("table `{}` is the one that {} defines", table.name, other.source.path());
        note(notes, NoteLevel::Assumption, "D3.9", span, message);
        add(schema.to_mut(), &table.name, other, span);
    }
    schema
}

/// Where a path first names `word`.
fn named(statements: &[Statement], word: &str) -> Option<Span> {
    let names = |statement: &&Statement| {
        statement.path.iter().any(|segment| match segment {
            Segment::Literal(text) => singular(&snake(text)) == word,
            Segment::Parameter(_) => false,
        })
    };
    statements.iter().find(names).map(|it| it.span)
}

/// Adds a table, its indexes, and the tables that it refers to. Their places lie in the other
/// document, so they all stand where this one names the first.
fn add(schema: &mut Schema, name: &str, other: &Document, span: Span) {
    let mut open = vec![name.to_owned()];
    while let Some(name) = open.pop() {
        if schema.table(&name).is_some() {
            continue;
        }
        let Some(table) = other.schema.table(&name) else { continue };
        let mut table = table.clone();
        table.span = span;
        table.columns.iter_mut().for_each(|column| column.span = span);
        table.foreign_keys.iter_mut().for_each(|key| key.span = span);
        open.extend(table.foreign_keys.iter().map(|key| key.table.clone()));
        let own = other.schema.indexes.iter().filter(|it| it.table.eq_ignore_ascii_case(&name));
        schema.indexes.extend(own.cloned().map(|mut index| {
            index.span = span;
            index
        }));
        schema.tables.push(table);
    }
}

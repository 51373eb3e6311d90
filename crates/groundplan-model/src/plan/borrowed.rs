//! Tables of documents beside this one (rule D3.9): an API is often told in one document of a chain
//! and its data in another.

use std::borrow::Cow;

use groundplan_syntax::Span;

use super::bind::resolve::{one_longer, stripped};
use super::names::{singular, snake};
use super::note;
use super::statements::Statement;
use crate::document::Document;
use crate::schema::{Schema, Table, ValueList};
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
    for name in names(statements) {
        let own = schema.tables.iter().map(|it| it.name.as_str());
        let has_own = schema.tables.iter().any(|it| name.is_of(it));
        if has_own || one_longer(own, &name.written).is_some() {
            continue;
        }
        let Some((table, other)) = found(beside, &name) else { continue };
        if schema.table(&table.name).is_some() {
            continue;
        }
        let span = name.span;
        let message =
            format!("table `{}` is the one that {} defines", table.name, other.source.path());
        note(notes, NoteLevel::Assumption, "D3.9", span, message);
        add(schema.to_mut(), &table.name, other, span);
    }
    schema
}

/// A word of a path that may name a table.
struct Name {
    /// The word as it is written.
    written: String,
    /// The word, singular.
    word: String,
    /// The word before it and itself, where that is no parameter's: `export_filter`.
    under: Option<String>,
    span: Span,
}

impl Name {
    /// Whether `table` is named so: by the same word (D3.3), without an ending that says nothing
    /// (D3.5), or with the word before it (D3.4).
    fn is_of(&self, table: &Table) -> bool {
        self.is_word_of(table) || self.is_part_of(table)
    }

    fn is_word_of(&self, table: &Table) -> bool {
        singular(&snake(&table.name)) == self.word
    }

    fn is_part_of(&self, table: &Table) -> bool {
        let stem = stripped(&table.name, "");
        let whole = singular(&snake(&table.name));
        stem == self.word || self.under.as_ref().is_some_and(|it| *it == stem || *it == whole)
    }
}

/// Words of paths, in the order in which they stand.
fn names(statements: &[Statement]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for statement in statements {
        let mut above: Option<String> = None;
        for segment in &statement.path {
            let Segment::Literal(text) = segment else { continue };
            let word = singular(&snake(text));
            let under = above.as_ref().map(|it| format!("{it}_{word}"));
            above = Some(word.clone());
            if !names.iter().any(|it| it.word == word && it.under == under) {
                names.push(Name { written: text.clone(), word, under, span: statement.span });
            }
        }
    }
    names
}

/// The first table of that name, and the document that defines it; one of the word itself before
/// one that has it as a part.
fn found<'d>(beside: &[&'d Document], name: &Name) -> Option<(&'d Table, &'d Document)> {
    let tables = || beside.iter().flat_map(|it| it.schema.tables.iter().map(move |t| (t, *it)));
    let longer = || {
        let mut names: Vec<&str> = tables().map(|(table, _)| table.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let longer = one_longer(names.iter().copied(), &name.written)?;
        tables().find(|(table, _)| table.name == longer)
    };
    tables()
        .find(|(table, _)| name.is_word_of(table))
        .or_else(|| tables().find(|(table, _)| name.is_part_of(table)))
        .or_else(longer)
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
        let lists = other.schema.value_lists.iter();
        let own = lists.filter(|it| it.table.eq_ignore_ascii_case(&name)).cloned();
        schema.value_lists.extend(own.map(|list| ValueList { span, ..list }));
        schema.tables.push(table);
    }
}

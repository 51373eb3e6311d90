//! Tables from data types in other forms than SQL (rule D3): where a path names a type, and no
//! table is named so, the type's fields are the columns.

mod field;

use std::borrow::Cow;

use super::names::{singular, snake};
use super::note;
use super::statements::Statement;
use crate::document::{Document, Entity};
use crate::schema::{Column, ColumnType, DefaultValue, ForeignKey, OnDelete, Schema, Table};
use crate::service::{Note, NoteLevel, Segment};

/// Endings of type names that say what the type is for, the likeliest stored form first.
const ENDINGS: [&str; 8] = ["", "entity", "model", "record", "row", "schema", "response", "dto"];

/// The document's schema, with a table for each type that a path names.
pub(super) fn schema<'d>(
    document: &'d Document,
    mut schema: Cow<'d, Schema>,
    statements: &[Statement],
    notes: &mut Vec<Note>,
) -> Cow<'d, Schema> {
    let before = schema.tables.len();
    for word in words(statements) {
        let is_table = |it: &Table| singular(&snake(&it.name)) == word;
        if schema.tables.iter().any(is_table) {
            continue;
        }
        let Some(entity) = named(document, &word) else { continue };
        let Some(table) = table(entity, &word) else { continue };
        let message = format!(
            "`{}` is kept in a table: no SQL defines one, and a path names the type",
            entity.name.text
        );
        note(notes, NoteLevel::Assumption, "D3.8", entity.name.span, message);
        schema.to_mut().tables.push(table);
    }
    if schema.tables.len() > before {
        refer(schema.to_mut(), before);
    }
    schema
}

/// Words of paths, singular, in the order in which they stand; those behind a key last.
pub(super) fn words(statements: &[Statement]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for segment in statements.iter().flat_map(|it| &it.path) {
        let Segment::Literal(word) = segment else { continue };
        let word = singular(&snake(word));
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// The type that `word` names, whose name says most that it is what is stored.
fn named<'d>(document: &'d Document, word: &str) -> Option<&'d Entity> {
    let rank = |entity: &Entity| {
        let name = singular(&snake(&entity.name.text));
        ENDINGS.iter().position(|ending| match ending.is_empty() {
            true => name == word,
            false => name.strip_suffix(ending).and_then(|it| it.strip_suffix('_')) == Some(word),
        })
    };
    let ranked = document.entities.iter().filter_map(|it| Some((rank(it)?, it)));
    ranked.filter(|(_, it)| it.fields.len() > 1).min_by_key(|(rank, _)| *rank).map(|(_, it)| it)
}

fn table(entity: &Entity, word: &str) -> Option<Table> {
    let mut columns: Vec<Column> = Vec::new();
    for field in &entity.fields {
        let column = field::column(field, entity.name.span);
        let is_new = |it: &Column| columns.iter().all(|known| known.name != it.name);
        columns.extend(column.filter(is_new));
    }
    let own = format!("{word}_id");
    let key = columns.iter().position(|it| matches!(it.name.as_str(), "id" | "uuid"));
    let key = key.or_else(|| columns.iter().position(|it| it.name == own));
    let key = key.unwrap_or_else(|| {
        columns.insert(0, field::id(entity.name.span));
        0
    });
    let column = columns.get_mut(key)?;
    column.not_null = true;
    if column.ty == ColumnType::Uuid {
        column.default = Some(DefaultValue::NewUuid);
    }
    let primary_key = vec![column.name.clone()];
    Some(Table {
        name: snake(&entity.name.text),
        span: entity.name.span,
        columns,
        primary_key,
        uniques: Vec::new(),
        foreign_keys: Vec::new(),
        checks: Vec::new(),
    })
}

/// `order_id` refers to the table of orders, where there is one and the types agree.
fn refer(schema: &mut Schema, first: usize) {
    let known: Vec<(String, String, ColumnType)> = schema.tables.iter().filter_map(key).collect();
    for table in schema.tables.iter_mut().skip(first) {
        for column in &table.columns {
            let name = snake(&column.name);
            let Some(stem) = name.strip_suffix("_id") else { continue };
            let target = known.iter().find(|(word, name, _)| word == stem && *name != table.name);
            let Some((_, target, ty)) = target else { continue };
            if same_kind(ty, &column.ty) {
                table.foreign_keys.push(ForeignKey {
                    columns: vec![column.name.clone()],
                    table: target.clone(),
                    referred: Vec::new(),
                    on_delete: OnDelete::Restrict,
                    span: column.span,
                });
            }
        }
    }
}

/// A table's word, name and type of its key.
fn key(table: &Table) -> Option<(String, String, ColumnType)> {
    let [key] = table.primary_key.as_slice() else { return None };
    let ty = table.column(key)?.ty.clone();
    Some((singular(&snake(&table.name)), table.name.clone(), ty))
}

fn same_kind(one: &ColumnType, other: &ColumnType) -> bool {
    let is_integer = |ty: &ColumnType| matches!(ty, ColumnType::Integer { .. });
    one == other || is_integer(one) && is_integer(other)
}

//! What is stored.

use groundplan_model::Document;
use groundplan_model::schema::{Column, DefaultValue, ForeignKey, Index, Limit, OnDelete, Table};

use super::{Fact, Of};

pub(super) fn tables(document: &Document) -> Vec<Fact<'_>> {
    let all = document.schema.tables.iter();
    all.map(|it| Fact::new(&it.name, "", it.span).of(Of::Table(it))).collect()
}

/// All columns are the same, and only the name is another.
pub(super) fn is_same_table(was: &Fact<'_>, now: &Fact<'_>) -> bool {
    let (Of::Table(was), Of::Table(now)) = (&was.of, &now.of) else { return false };
    let names = |it: &Table| -> Vec<String> {
        let mut names: Vec<String> = it.columns.iter().map(|it| it.name.to_lowercase()).collect();
        names.sort_unstable();
        names
    };
    was.columns.len() > 1 && names(was) == names(now)
}

/// A part of `table`.
fn part<'d>(table: &Table, fact: Fact<'d>) -> Fact<'d> {
    fact.part_of("table", table.name.to_lowercase())
}

pub(super) fn columns(document: &Document) -> Vec<Fact<'_>> {
    let tables = document.schema.tables.iter();
    tables.flat_map(|table| table.columns.iter().map(move |it| column(table, it))).collect()
}

fn column<'d>(table: &Table, column: &'d Column) -> Fact<'d> {
    let key = format!("{}.{}", table.name, column.name);
    part(table, Fact::new(key, definition(column), column.span).of(Of::Column(column)))
}

/// `VARCHAR(20) NOT NULL DEFAULT "new" IN (new, done)`
fn definition(column: &Column) -> String {
    let mut text = column.declared.clone();
    if column.not_null {
        text.push_str(" NOT NULL");
    }
    if let Some(default) = &column.default {
        text.push_str(&format!(" DEFAULT {}", default_text(default)));
    }
    if !column.allowed.is_empty() {
        text.push_str(&format!(" IN ({})", column.allowed.join(", ")));
    }
    for (limit, sign) in [(column.least(), ">"), (column.most(), "<")] {
        match limit {
            Some(Limit::Included(bound)) => text.push_str(&format!(" {sign}= {bound}")),
            Some(Limit::Excluded(bound)) => text.push_str(&format!(" {sign} {bound}")),
            None => {}
        }
    }
    text
}

fn default_text(default: &DefaultValue) -> String {
    match default {
        DefaultValue::Now => "now".to_owned(),
        DefaultValue::NewUuid => "a new UUID".to_owned(),
        DefaultValue::Constant(value) => value.to_string(),
        DefaultValue::Expression(text) => text.clone(),
    }
}

pub(super) fn primary_keys(document: &Document) -> Vec<Fact<'_>> {
    let keyed = document.schema.tables.iter().filter(|it| !it.primary_key.is_empty());
    keyed.map(|it| part(it, Fact::new(&it.name, it.primary_key.join(", "), it.span))).collect()
}

pub(super) fn uniques(document: &Document) -> Vec<Fact<'_>> {
    let of_table = |table: &'_ Table, columns: &[String]| {
        part(table, Fact::new(format!("{}({})", table.name, columns.join(", ")), "", table.span))
    };
    let tables = document.schema.tables.iter();
    tables.flat_map(|table| table.uniques.iter().map(move |it| of_table(table, it))).collect()
}

pub(super) fn foreign_keys(document: &Document) -> Vec<Fact<'_>> {
    let of_table = |table: &'_ Table, key| part(table, foreign_key(table, key));
    let tables = document.schema.tables.iter();
    tables.flat_map(|table| table.foreign_keys.iter().map(move |it| of_table(table, it))).collect()
}

fn foreign_key<'d>(table: &Table, key: &'d ForeignKey) -> Fact<'d> {
    let name = format!("{}({}) to {}", table.name, key.columns.join(", "), key.table);
    let on_delete = match key.on_delete {
        OnDelete::Restrict => "refuses deleting",
        OnDelete::Cascade => "deletes along",
        OnDelete::SetNull => "sets NULL",
    };
    Fact::new(name, on_delete, key.span).of(Of::ForeignKey(key))
}

pub(super) fn indexes(document: &Document) -> Vec<Fact<'_>> {
    let fact = |it: &'_ Index| {
        let unique = if it.unique { "unique on" } else { "on" };
        let condition = it.condition.as_ref().map(|it| format!(" where {it}")).unwrap_or_default();
        let value = format!("{unique} {}({}){condition}", it.table, it.columns.join(", "));
        Fact::new(&it.name, value, it.span).part_of("table", it.table.to_lowercase())
    };
    document.schema.indexes.iter().map(|it| fact(it).of(Of::Index(it))).collect()
}

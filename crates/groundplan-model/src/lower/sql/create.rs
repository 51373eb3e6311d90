//! `CREATE TABLE`, `CREATE INDEX`, `ALTER TABLE` and `CREATE TYPE` to the schema.

use std::borrow::Cow;

use sqlparser::ast::{
    AlterTable, AlterTableOperation, ColumnDef, CreateIndex, CreateTable, DataType, Expr,
    ForeignKeyConstraint, IndexColumn, ObjectName, ReferentialAction, TableConstraint,
    UserDefinedTypeRepresentation,
};

use super::statements::Block;
use super::{check, column, ident_text, last_part, value_list};
use crate::document::Text;
use crate::schema::{ForeignKey, Index, NameUse, OnDelete, Schema, Table};

pub(super) fn table(block: &Block<'_>, create: &CreateTable, schema: &mut Schema) {
    let name = last_part(block, &create.name);
    let unfilled = is_template_name(&create.name);
    if create.columns.is_empty() || unfilled {
        return;
    }
    let is_defined = schema.table(&name.text).is_some();
    let mut table = Table {
        name: name.text,
        span: name.span,
        columns: Vec::new(),
        primary_key: Vec::new(),
        uniques: Vec::new(),
        foreign_keys: Vec::new(),
        checks: Vec::new(),
    };
    for definition in &create.columns {
        match inline_index(block, definition, &table.name) {
            Some(index) => schema.indexes.push(index),
            None => add_column(block, definition, &mut table, &mut schema.uses),
        }
    }
    for it in &create.constraints {
        constraint(block, it, &mut table, &mut schema.uses);
    }
    if !is_defined {
        schema.value_lists.extend(value_list::of(block, &table));
    }
    if is_defined { schema.redefined.push(table) } else { schema.tables.push(table) }
}

/// `[table_name]`: to SQL Server a quoted name, in a design document one that nobody filled in.
fn is_template_name(name: &ObjectName) -> bool {
    let ident = name.0.last().and_then(|part| part.as_ident());
    ident.is_some_and(|it| {
        let words = it.value.to_lowercase();
        it.quote_style == Some('[') && (words.contains("table") || words.contains("name"))
    })
}

/// Adds columns and constraints to a table that was created before.
pub(super) fn alter(block: &Block<'_>, alter: &AlterTable, schema: &mut Schema) {
    let name = last_part(block, &alter.name);
    let Schema { tables, uses, .. } = schema;
    uses.push(NameUse { table: name.clone(), column: None, by: Cow::Borrowed("ALTER TABLE") });
    let table = tables.iter_mut().find(|table| table.name.eq_ignore_ascii_case(&name.text));
    let Some(table) = table else { return };
    for operation in &alter.operations {
        match operation {
            AlterTableOperation::AddColumn { column_def, .. }
                if table.column(&column_def.name.value).is_none() =>
            {
                add_column(block, column_def, table, uses);
            }
            AlterTableOperation::AddConstraint { constraint: it, .. } => {
                constraint(block, it, table, uses);
            }
            _ => {}
        }
    }
}

pub(super) fn index(block: &Block<'_>, create: &CreateIndex, schema: &mut Schema) {
    let table = last_part(block, &create.table_name);
    let name = create.name.as_ref().map(|name| last_part(block, name)).unwrap_or_default();
    let columns = index_columns(block, &create.columns);
    schema.uses.push(NameUse { table: table.clone(), column: None, by: Cow::Borrowed("index") });
    for column in &columns {
        let (table, column) = (table.clone(), Some(column.clone()));
        schema.uses.push(NameUse { table, column, by: Cow::Borrowed("index") });
    }
    let span = if create.name.is_some() { name.span } else { table.span };
    // Without its expressions it would be unique over fewer columns than the document says.
    let unique = create.unique && columns.len() == create.columns.len();
    schema.indexes.push(Index {
        name: name.text,
        table: table.text,
        columns: columns.into_iter().map(|column| column.text).collect(),
        unique,
        condition: create.predicate.as_ref().map(Expr::to_string),
        span,
    });
}

/// `INDEX by_name (name)` among the columns of a table, as MySQL writes it: other dialects take it
/// for a column of the type `by_name`.
fn inline_index(block: &Block<'_>, definition: &ColumnDef, table: &str) -> Option<Index> {
    let DataType::Custom(name, columns) = &definition.data_type else { return None };
    let ident = &definition.name;
    let is_index = ["INDEX", "KEY"].iter().any(|it| ident.value.eq_ignore_ascii_case(it));
    (is_index && ident.quote_style.is_none() && !columns.is_empty()).then(|| {
        let name = last_part(block, name);
        Index {
            name: name.text,
            table: table.to_owned(),
            columns: columns.clone(),
            unique: false,
            condition: None,
            span: name.span,
        }
    })
}

/// Name and labels of an enumerated type.
pub(super) fn enumeration(
    name: &ObjectName,
    representation: Option<&UserDefinedTypeRepresentation>,
) -> Option<(String, Vec<String>)> {
    let name = name.0.last()?.as_ident()?.value.clone();
    match representation? {
        UserDefinedTypeRepresentation::Enum { labels } => {
            Some((name, labels.iter().map(|label| label.value.clone()).collect()))
        }
        _ => None,
    }
}

fn add_column(
    block: &Block<'_>,
    definition: &ColumnDef,
    table: &mut Table,
    uses: &mut Vec<NameUse>,
) {
    let found = column::column(block, definition);
    let name = found.column.name.clone();
    if found.primary_key {
        table.primary_key.push(name.clone());
    }
    if found.unique {
        table.uniques.push(vec![name]);
    }
    for key in found.foreign_keys {
        foreign_key(block, key, vec![ident_text(block, &definition.name)], table, uses);
    }
    table.columns.push(found.column);
    for expression in found.checks {
        check::apply(expression, table);
    }
}

fn constraint(
    block: &Block<'_>,
    constraint: &TableConstraint,
    table: &mut Table,
    uses: &mut Vec<NameUse>,
) {
    match constraint {
        TableConstraint::PrimaryKey(key) => {
            let columns = index_columns(block, &key.columns);
            used(table, &columns, "constraint", uses);
            table.primary_key = columns.into_iter().map(|column| column.text).collect();
            let Table { columns, primary_key, .. } = table;
            let in_key = |name: &str| primary_key.iter().any(|it| it.eq_ignore_ascii_case(name));
            columns.iter_mut().filter(|it| in_key(&it.name)).for_each(|it| it.not_null = true);
        }
        TableConstraint::Unique(unique) => {
            let columns = index_columns(block, &unique.columns);
            used(table, &columns, "constraint", uses);
            table.uniques.push(columns.into_iter().map(|column| column.text).collect());
        }
        TableConstraint::ForeignKey(key) => {
            let own: Vec<Text> = key.columns.iter().map(|it| ident_text(block, it)).collect();
            used(table, &own, "foreign key", uses);
            foreign_key(block, key, own, table, uses);
        }
        TableConstraint::Check(it) => check::apply(&it.expr, table),
        _ => {}
    }
}

/// Columns of its own that a constraint of a table names.
fn used(table: &Table, columns: &[Text], by: &'static str, uses: &mut Vec<NameUse>) {
    for column in columns {
        let table = Text { text: table.name.clone(), span: table.span };
        uses.push(NameUse { table, column: Some(column.clone()), by: Cow::Borrowed(by) });
    }
}

fn foreign_key(
    block: &Block<'_>,
    key: &ForeignKeyConstraint,
    own: Vec<Text>,
    table: &mut Table,
    uses: &mut Vec<NameUse>,
) {
    let referred_table = last_part(block, &key.foreign_table);
    uses.push(NameUse {
        table: referred_table.clone(),
        column: None,
        by: Cow::Borrowed("foreign key"),
    });
    for column in &key.referred_columns {
        let column = Some(ident_text(block, column));
        uses.push(NameUse {
            table: referred_table.clone(),
            column,
            by: Cow::Borrowed("foreign key"),
        });
    }
    let on_delete = match key.on_delete {
        Some(ReferentialAction::Cascade) => OnDelete::Cascade,
        Some(ReferentialAction::SetNull | ReferentialAction::SetDefault) => OnDelete::SetNull,
        _ => OnDelete::Restrict,
    };
    table.foreign_keys.push(ForeignKey {
        columns: own.into_iter().map(|column| column.text).collect(),
        table: referred_table.text,
        referred: key.referred_columns.iter().map(|column| column.value.clone()).collect(),
        on_delete,
        span: referred_table.span,
    });
}

/// Plain columns of an index or a key; expressions are left out.
fn index_columns(block: &Block<'_>, columns: &[IndexColumn]) -> Vec<Text> {
    let idents = columns.iter().filter_map(|column| match &column.column.expr {
        Expr::Identifier(ident) => Some(ident),
        _ => None,
    });
    idents.map(|ident| ident_text(block, ident)).collect()
}

//! What each statement of a migration does to the schema, in order, for files whose tables are
//! created elsewhere.

use groundplan_syntax::Span;
use sqlparser::ast::{
    AlterColumnOperation, AlterTable, AlterTableOperation, ObjectType, RenameTableNameKind,
    Statement,
};

use super::statements::Block;
use super::{column, create, ident_text, last_part};
use crate::document::Text;
use crate::schema::{Column, Schema, Table};

/// One step.
pub(crate) enum Step {
    Create(Table),
    Drop(Text),
    RenameTable(Text, Text),
    AddColumn(Text, Column),
    DropColumn(Text, Text),
    RenameColumn(Text, Text, Text),
    /// The table, the column, and its type and whether NULL is allowed, where they change.
    AlterColumn(Text, Text, Option<String>, Option<bool>),
}

/// The steps of a SQL text; statements that do not parse are left out.
pub(crate) fn steps(text: &str) -> Vec<Step> {
    let block = Block::new(text, Span::new(0, text.len()));
    let mut found = Vec::new();
    for statement in block.statements() {
        let read = statement.parsed.ok().or(statement.salvaged);
        match read {
            Some(Statement::CreateTable(table)) => {
                let mut schema = Schema::default();
                create::table(&block, &table, &mut schema);
                found.extend(schema.tables.pop().map(Step::Create));
            }
            Some(Statement::AlterTable(alter)) => altered(&block, &alter, &mut found),
            Some(Statement::Drop { object_type: ObjectType::Table, names, .. }) => {
                found.extend(names.iter().map(|name| Step::Drop(last_part(&block, name))));
            }
            _ => {}
        }
    }
    found
}

fn altered(block: &Block<'_>, alter: &AlterTable, found: &mut Vec<Step>) {
    let table = || last_part(block, &alter.name);
    for operation in &alter.operations {
        match operation {
            AlterTableOperation::AddColumn { column_def, .. } => {
                let column = column::column(block, column_def).column;
                found.push(Step::AddColumn(table(), column));
            }
            AlterTableOperation::DropColumn { column_names, .. } => {
                let names = column_names.iter().map(|it| ident_text(block, it));
                found.extend(names.map(|name| Step::DropColumn(table(), name)));
            }
            AlterTableOperation::RenameColumn { old_column_name: old, new_column_name: new } => {
                let (old, new) = (ident_text(block, old), ident_text(block, new));
                found.push(Step::RenameColumn(table(), old, new));
            }
            AlterTableOperation::RenameTable {
                table_name: RenameTableNameKind::As(name) | RenameTableNameKind::To(name),
            } => found.push(Step::RenameTable(table(), last_part(block, name))),
            AlterTableOperation::AlterColumn { column_name, op } => {
                let (ty, nullable) = match op {
                    AlterColumnOperation::SetNotNull => (None, Some(false)),
                    AlterColumnOperation::DropNotNull => (None, Some(true)),
                    AlterColumnOperation::SetDataType { data_type, .. } => {
                        (Some(data_type.to_string()), None)
                    }
                    _ => continue,
                };
                let name = ident_text(block, column_name);
                found.push(Step::AlterColumn(table(), name, ty, nullable));
            }
            AlterTableOperation::ModifyColumn { col_name, data_type, .. } => {
                let (name, ty) = (ident_text(block, col_name), data_type.to_string());
                found.push(Step::AlterColumn(table(), name, Some(ty), None));
            }
            AlterTableOperation::ChangeColumn { old_name, new_name, data_type, .. } => {
                let (old, new) = (ident_text(block, old_name), ident_text(block, new_name));
                found.push(Step::RenameColumn(table(), old, new.clone()));
                found.push(Step::AlterColumn(table(), new, Some(data_type.to_string()), None));
            }
            _ => {}
        }
    }
}

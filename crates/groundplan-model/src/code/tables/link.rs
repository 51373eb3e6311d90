//! The tables that all migrations together leave behind, and those that types define.

use std::collections::HashMap;

use crate::code::{CodeFile, CodeTable, LinkedTable, TableChange};

/// The tables of all files: those of migrations after every step, in the order of the migrations'
/// own chain or else of their paths; those that types define, as they are.
pub fn link_tables(files: &[CodeFile]) -> Vec<LinkedTable> {
    let mut schema: Vec<LinkedTable> = Vec::new();
    let mut others = Vec::new();
    for file in ordered(files) {
        for table in &file.tables {
            match table.form.is_migration() {
                true => create(&mut schema, table, &file.path),
                false => others.push(whole(table, &file.path)),
            }
        }
        file.table_changes.iter().for_each(|change| apply(&mut schema, change, &file.path));
    }
    schema.extend(others);
    schema
}

/// Files by path, migrations with ids behind the ones that they follow.
fn ordered(files: &[CodeFile]) -> Vec<&CodeFile> {
    let mut sorted: Vec<&CodeFile> = files.iter().collect();
    sorted.sort_by(|one, other| one.path.cmp(&other.path));
    let before: HashMap<&str, Option<&str>> = files
        .iter()
        .filter_map(|it| it.migration.as_ref())
        .map(|it| (it.id.as_str(), it.after.as_deref()))
        .collect();
    let depth = |file: &CodeFile| {
        let mut at = file.migration.as_ref().map(|it| it.id.as_str());
        let steps = std::iter::from_fn(|| {
            at = before.get(at?).copied().flatten();
            at
        });
        // A chain that leads back to itself would not end.
        steps.take(before.len()).count()
    };
    sorted.sort_by_cached_key(|file| depth(file));
    sorted
}

fn whole(table: &CodeTable, path: &str) -> LinkedTable {
    let column_files = vec![path.to_owned(); table.columns.len()];
    LinkedTable { table: table.clone(), file: path.to_owned(), column_files }
}

/// A table that is created again, with `IF NOT EXISTS` or in a dump, adds its columns.
fn create(schema: &mut Vec<LinkedTable>, table: &CodeTable, path: &str) {
    let Some(known) = find(schema, &table.name) else {
        schema.push(whole(table, path));
        return;
    };
    for column in &table.columns {
        if known.table.column(&column.name).is_none() {
            known.table.columns.push(column.clone());
            known.column_files.push(path.to_owned());
        }
    }
}

fn find<'s>(schema: &'s mut [LinkedTable], name: &str) -> Option<&'s mut LinkedTable> {
    schema.iter_mut().find(|it| it.table.name.eq_ignore_ascii_case(name))
}

fn apply(schema: &mut Vec<LinkedTable>, change: &TableChange, path: &str) {
    match change {
        TableChange::AddColumn { table, column } => {
            let Some(it) = find(schema, table) else { return };
            if it.table.column(&column.name).is_none() {
                it.table.columns.push(column.clone());
                it.column_files.push(path.to_owned());
            }
        }
        TableChange::DropColumn { table, column, .. } => {
            let Some(it) = find(schema, table) else { return };
            if let Some(at) = position(it, column) {
                it.table.columns.remove(at);
                it.column_files.remove(at);
            }
        }
        TableChange::RenameColumn { table, from, to, .. } => {
            let Some(it) = find(schema, table) else { return };
            let at = position(it, from);
            if let Some(column) = at.and_then(|at| it.table.columns.get_mut(at)) {
                column.name.clone_from(to);
            }
        }
        TableChange::AlterColumn { table, column, ty, nullable } => {
            let Some(it) = find(schema, table) else { return };
            let at = position(it, column);
            if let Some(column) = at.and_then(|at| it.table.columns.get_mut(at)) {
                column.nullable = nullable.or(column.nullable);
                column.ty = ty.clone().unwrap_or_else(|| std::mem::take(&mut column.ty));
            }
        }
        TableChange::RenameTable { from, to, .. } => {
            if let Some(it) = find(schema, from) {
                it.table.name.clone_from(to);
            }
        }
        TableChange::DropTable { table, .. } => {
            schema.retain(|it| !it.table.name.eq_ignore_ascii_case(table));
        }
    }
}

fn position(table: &LinkedTable, column: &str) -> Option<usize> {
    table.table.columns.iter().position(|it| it.name.eq_ignore_ascii_case(column))
}

//! Alembic: what `upgrade()` does with `op`.

use super::sqlalchemy::{listed, stated_column};
use super::truth;
use crate::code::syntax::{Call, Syntax};
use crate::code::{CodeFile, Migration, TableChange, TableForm};

pub(super) fn read(syntax: &Syntax<'_>, file: &mut CodeFile) {
    file.migration = migration(syntax);
    for call in &syntax.calls {
        let function = call.scope.and_then(|it| syntax.items.get(it));
        if function.is_some_and(|it| it.name == "upgrade") {
            step(syntax, call, file);
        }
    }
}

/// `revision` and `down_revision`.
fn migration(syntax: &Syntax<'_>) -> Option<Migration> {
    let value = |name: &str| {
        let found = syntax.bindings.iter().find(|it| it.scope.is_none() && it.name == name)?;
        syntax.stated(&found.value).map(|it| it.into_owned())
    };
    Some(Migration { id: value("revision")?, after: value("down_revision") })
}

fn step(syntax: &Syntax<'_>, call: &Call<'_>, file: &mut CodeFile) -> Option<()> {
    if call.name == "create_table" {
        file.tables.extend(listed(syntax, call, TableForm::Alembic));
        return None;
    }
    let (table, skipped) = table(syntax, call)?;
    let argument = |at: usize, key: &str| call.argument(at + skipped, key);
    let text = |at: usize, key: &str| syntax.stated(&argument(at, key)?.value);
    let place = syntax.place(&call.range);
    let change = match call.name {
        "add_column" => {
            let (_, column) = syntax.as_call(&argument(0, "column")?.value)?;
            TableChange::AddColumn { table, column: stated_column(syntax, column, "") }
        }
        "drop_column" => {
            TableChange::DropColumn { table, column: text(0, "column_name")?.into(), place }
        }
        "drop_table" => TableChange::DropTable { table, place },
        "rename_table" => {
            TableChange::RenameTable { from: table, to: text(0, "new_table_name")?.into(), place }
        }
        "alter_column" => {
            let column: String = text(0, "column_name")?.into();
            if let Some(to) = call.keyed("new_column_name").and_then(|it| syntax.stated(&it.value))
            {
                let (table, from) = (table.clone(), column.clone());
                let to = to.into_owned();
                file.table_changes.push(TableChange::RenameColumn { table, from, to, place });
            }
            let ty = call.keyed("type_").map(|it| syntax.slice(it.range.clone()).to_owned());
            let nullable = call.keyed("nullable").and_then(|it| truth(&it.value));
            TableChange::AlterColumn { table, column, ty, nullable }
        }
        _ => return None,
    };
    file.table_changes.push(change);
    Some(())
}

/// The table of a step: its first argument, or that of the batch around it.
fn table(syntax: &Syntax<'_>, call: &Call<'_>) -> Option<(String, usize)> {
    if !call.receiver_name().contains("batch") {
        let first = call.argument(0, "table_name")?;
        return Some((syntax.stated(&first.value)?.into_owned(), 1));
    }
    let batches = syntax.calls.iter().filter(|it| it.name == "batch_alter_table");
    let before = batches.filter(|it| it.range.start < call.range.start);
    let batch = before.max_by_key(|it| it.range.start)?;
    Some((syntax.stated(&batch.argument(0, "table_name")?.value)?.into_owned(), 0))
}

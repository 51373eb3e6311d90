//! Foreign keys, where a database can hold them.

use groundplan_model::schema::{ForeignKey, OnDelete, Table};

use super::dialect::Dialect;
use super::{Schema, text};

/// The constraint, or nothing: SQLite takes a key to an unknown table or to columns that are not
/// unique without a word, and then refuses every write.
pub(super) fn constraint(schema: &Schema<'_>, table: &Table, key: &ForeignKey) -> Option<String> {
    let parent = schema.table(&key.table)?;
    let referred = if key.referred.is_empty() { &parent.primary_key } else { &key.referred };
    let fits = key.columns.len() == referred.len()
        && text::has_columns(table, &key.columns)
        && text::has_columns(parent, referred)
        && schema.is_unique(parent, referred)
        && same_storage(schema.dialect, (table, &key.columns), (parent, referred));
    fits.then(|| {
        format!(
            "FOREIGN KEY ({}) REFERENCES {} ({}) ON DELETE {}",
            text::names(&key.columns),
            text::name(&parent.name),
            text::names(referred),
            action(key.on_delete)
        )
    })
}

/// Whether a key can stand in its own `CREATE TABLE`: SQLite looks for the parent when rows are
/// written, PostgreSQL at once.
pub(super) fn fits_now(schema: &Schema<'_>, key: &ForeignKey, made: &[&str]) -> bool {
    let is_made = made.iter().any(|name| name.eq_ignore_ascii_case(&key.table));
    schema.dialect == Dialect::Sqlite || is_made
}

/// Statements that add the keys of `table` for which it was too early.
pub(super) fn added_later(schema: &Schema<'_>, table: &Table, made: &[&str]) -> Vec<String> {
    let keys = table.foreign_keys.iter().filter(|key| !fits_now(schema, key, made));
    let constraints = keys.filter_map(|key| constraint(schema, table, key));
    let name = text::name(&table.name);
    constraints.map(|constraint| format!("ALTER TABLE {name} ADD {constraint};\n")).collect()
}

/// Whether the columns can hold the same values: PostgreSQL takes no other key, and in SQLite none
/// would ever hold.
fn same_storage(dialect: Dialect, own: (&Table, &[String]), there: (&Table, &[String])) -> bool {
    let storage = |(table, names): (&Table, &[String])| -> Vec<Option<String>> {
        names.iter().map(|name| Some(dialect.storage(table.column(name)?))).collect()
    };
    storage(own) == storage(there)
}

fn action(on_delete: OnDelete) -> &'static str {
    match on_delete {
        OnDelete::Restrict => "RESTRICT",
        OnDelete::Cascade => "CASCADE",
        OnDelete::SetNull => "SET NULL",
    }
}

//! Foreign keys, where SQLite can hold them.

use groundplan_model::schema::{ForeignKey, OnDelete, Table};

use super::{Schema, text};

/// The constraint, or nothing: SQLite takes a key to an unknown table or to columns that are not
/// unique without a word, and then refuses every write.
pub(super) fn constraint(schema: &Schema<'_>, table: &Table, key: &ForeignKey) -> Option<String> {
    let parent = schema.table(&key.table)?;
    let referred = if key.referred.is_empty() { &parent.primary_key } else { &key.referred };
    let fits = key.columns.len() == referred.len()
        && text::has_columns(table, &key.columns)
        && text::has_columns(parent, referred)
        && schema.is_unique(parent, referred);
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

fn action(on_delete: OnDelete) -> &'static str {
    match on_delete {
        OnDelete::Restrict => "RESTRICT",
        OnDelete::Cascade => "CASCADE",
        OnDelete::SetNull => "SET NULL",
    }
}

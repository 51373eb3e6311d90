//! The SQL of the running store: STRICT tables of SQLite with every constraint that it can hold.
//!
//! The document's own DDL is never run: types, names and conditions of another dialect would be
//! taken in silence and mean something else.

mod condition;
mod foreign_key;
mod index;
mod order;
mod table;
mod text;

#[cfg(test)]
mod tests;

use groundplan_model::ServicePlan;
use groundplan_model::schema::{Index, Table};

/// The statements that make the tables and indexes of a service in an empty SQLite database.
///
/// A function of the data model alone: the file's fingerprint must not change with a new title.
pub fn sqlite_schema(plan: &ServicePlan) -> String {
    let schema = Schema::new(plan);
    let mut sql = String::from("-- Tables of the running service, made by groundplan.\n");
    for table in order::parents_first(&schema.tables) {
        sql.push('\n');
        sql.push_str(&table::create(&schema, table));
    }
    let indexes = index::all(&schema, plan);
    if !indexes.is_empty() {
        sql.push('\n');
    }
    for statement in indexes {
        sql.push_str(&statement);
    }
    sql
}

/// The tables of a plan, each name once, with the document's indexes.
struct Schema<'a> {
    tables: Vec<&'a Table>,
    indexes: &'a [Index],
}

impl<'a> Schema<'a> {
    fn new(plan: &'a ServicePlan) -> Self {
        let mut schema = Self { tables: Vec::new(), indexes: &plan.indexes };
        for resource in &plan.resources {
            if schema.table(&resource.table.name).is_none() {
                schema.tables.push(&resource.table);
            }
        }
        schema
    }

    fn table(&self, name: &str) -> Option<&'a Table> {
        self.tables.iter().copied().find(|table| table.name.eq_ignore_ascii_case(name))
    }

    /// Whether a row of `table` is told by `columns`: what a foreign key may refer to.
    fn is_unique(&self, table: &Table, columns: &[String]) -> bool {
        let is_it = |known: &[String]| text::same_set(known, columns);
        let mut indexes = self.indexes.iter().filter(|index| {
            index.unique
                && index.condition.is_none()
                && index.table.eq_ignore_ascii_case(&table.name)
        });
        is_it(&table.primary_key)
            || table.uniques.iter().any(|unique| is_it(unique))
            || indexes.any(|index| is_it(&index.columns))
    }
}

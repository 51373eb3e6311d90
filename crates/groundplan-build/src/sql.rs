//! The SQL of the running store, for SQLite and PostgreSQL: every constraint that both can hold, so
//! that both refuse the same rows.
//!
//! The document's own DDL is never run: types, names and conditions of another dialect would be
//! taken in silence and mean something else.

mod condition;
mod dialect;
mod foreign_key;
mod index;
mod order;
mod table;
mod text;

#[cfg(test)]
mod tests;

use dialect::Dialect;
use groundplan_model::ServicePlan;
use groundplan_model::schema::{Index, Table};

/// The statements that make the tables and indexes of a service in an empty SQLite database.
///
/// A function of the data model alone: the file's fingerprint must not change with a new title.
pub fn sqlite_schema(plan: &ServicePlan) -> String {
    schema(plan, Dialect::Sqlite)
}

/// The same for an empty PostgreSQL database, 13 or later.
pub fn postgres_schema(plan: &ServicePlan) -> String {
    schema(plan, Dialect::Postgres)
}

fn schema(plan: &ServicePlan, dialect: Dialect) -> String {
    let schema = Schema::new(plan, dialect);
    let mut sql = String::from("-- Tables of the running service, made by groundplan.\n");
    let mut later = Vec::new();
    let mut made: Vec<&str> = Vec::new();
    for table in order::parents_first(&schema.tables) {
        made.push(&table.name);
        sql.push('\n');
        sql.push_str(&table::create(&schema, table, &made));
        later.extend(foreign_key::added_later(&schema, table, &made));
    }
    for statement in &later {
        sql.push_str(statement);
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
    dialect: Dialect,
    tables: Vec<&'a Table>,
    indexes: &'a [Index],
}

impl<'a> Schema<'a> {
    fn new(plan: &'a ServicePlan, dialect: Dialect) -> Self {
        let mut schema = Self { dialect, tables: Vec::new(), indexes: &plan.indexes };
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

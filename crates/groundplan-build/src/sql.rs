//! The SQL of the running store, for SQLite and PostgreSQL: every constraint that both can hold, so
//! that both refuse the same rows.
//!
//! The document's own DDL is never run: types, names and conditions of another dialect would be
//! taken in silence and mean something else.

mod condition;
mod dialect;
mod fill;
mod foreign_key;
mod index;
mod order;
mod table;
mod text;

#[cfg(test)]
mod tests;

use dialect::Dialect;
use groundplan_model::ServicePlan;
use groundplan_model::schema::{Index, SchemaSql, Table, TableSql};

/// The statements that make the tables and indexes of a service in an empty SQLite database.
///
/// A function of the data model alone: the file's fingerprint must not change with a new title.
pub fn sqlite_schema(plan: &ServicePlan) -> SchemaSql {
    schema(plan, Dialect::Sqlite)
}

/// The same for an empty PostgreSQL database, 13 or later.
pub fn postgres_schema(plan: &ServicePlan) -> SchemaSql {
    schema(plan, Dialect::Postgres)
}

fn schema(plan: &ServicePlan, dialect: Dialect) -> SchemaSql {
    let schema = Schema::new(plan, dialect);
    let mut made: Vec<&str> = Vec::new();
    let mut tables: Vec<TableSql> = Vec::new();
    for table in order::parents_first(&schema.tables) {
        made.push(&table.name);
        tables.push(TableSql {
            name: table.name.clone(),
            columns: fill::columns(plan, table, dialect),
            refers_to: refers_to(table),
            create: table::create(&schema, table, &made),
            later: foreign_key::added_later(&schema, table, &made),
        });
    }
    for (table, statement) in index::all(&schema, plan) {
        let table = tables.iter_mut().find(|it| it.name.eq_ignore_ascii_case(&table));
        table.into_iter().for_each(|table| table.later.push(statement.clone()));
    }
    SchemaSql { tables, renames: plan.renames.clone() }
}

fn refers_to(table: &Table) -> Vec<String> {
    let others = table.foreign_keys.iter().map(|key| key.table.clone());
    others.filter(|name| !name.eq_ignore_ascii_case(&table.name)).collect()
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
        let tables = plan.resources.iter().map(|resource| &resource.table);
        for table in tables.chain(&plan.own_tables) {
            if schema.table(&table.name).is_none() {
                schema.tables.push(table);
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

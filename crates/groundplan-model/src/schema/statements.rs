//! [`SchemaSql`]: the statements that make a service's tables, with what a migration asks of them.
//!
//! It is kept in the database that it made, so that the next start sees what has changed.

use serde::{Deserialize, Serialize};

use crate::schema::ColumnType;

/// Statements for an empty database of one dialect.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchemaSql {
    /// Every table after those that it refers to, as far as there is such an order.
    pub tables: Vec<TableSql>,
    /// What had other names before. Not kept: once the rows have moved it says nothing.
    #[serde(skip)]
    pub renames: Vec<Rename>,
}

/// A table or column that had another name in earlier documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rename {
    /// The table.
    pub table: String,
    /// The column; `None` for the table itself.
    pub column: Option<String>,
    /// The name before.
    pub from: String,
}

/// One table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableSql {
    /// Its name.
    pub name: String,
    /// Its columns, in order.
    pub columns: Vec<ColumnSql>,
    /// Names of other tables that it refers to.
    pub refers_to: Vec<String>,
    /// The statement that makes it.
    pub create: String,
    /// Statements for later, when all tables are there: indexes, keys in a circle.
    pub later: Vec<String>,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnSql {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub ty: ColumnType,
    /// Whether it must have a value.
    pub not_null: bool,
    /// What rows get that were there before the column, as an SQL expression.
    pub fill: Option<String>,
}

impl SchemaSql {
    /// All statements as one text.
    pub fn text(&self) -> String {
        let creates = self.tables.iter().map(|table| format!("\n{}", table.create));
        let mut text: String = creates.collect();
        if self.tables.iter().any(|table| !table.later.is_empty()) {
            text.push('\n');
        }
        self.tables.iter().flat_map(|table| &table.later).for_each(|later| text.push_str(later));
        format!("-- Tables of the running service, made by groundplan.\n{text}")
    }

    /// The table named `name`, compared without case.
    pub fn table(&self, name: &str) -> Option<&TableSql> {
        self.tables.iter().find(|table| table.name.eq_ignore_ascii_case(name))
    }

    /// What the table was called before; with a column, what that was called.
    pub fn renamed_from(&self, table: &str, column: Option<&str>) -> Option<&str> {
        let is_it = |it: &&Rename| {
            it.table.eq_ignore_ascii_case(table)
                && it.column.as_deref().map(str::to_ascii_lowercase)
                    == column.map(str::to_ascii_lowercase)
        };
        self.renames.iter().find(is_it).map(|it| it.from.as_str())
    }
}

impl TableSql {
    /// The column named `name`, compared without case.
    pub fn column(&self, name: &str) -> Option<&ColumnSql> {
        self.columns.iter().find(|column| column.name.eq_ignore_ascii_case(name))
    }
}

//! Making the tables of a new database, and bringing those of an old one up to the document.

use std::path::Path;

use groundplan_model::schema::{ColumnType, SchemaSql, TableSql};
use rusqlite::{Connection, Error, OptionalExtension as _};

use super::open::explain;
use crate::service::{RunOptions, StartError};
use crate::store::migration::{self, Migration, OWN, STORED, Way};
use crate::store::sql::{literal, quote};

const WAY: Way = Way { old_name, follows: false, convert };

/// Keys are looked at when all rows have moved; a renamed table must not take along the keys of
/// others that refer to it.
const LOOSE: &str = "PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON;";
const STRICT: &str = "PRAGMA foreign_keys = ON; PRAGMA legacy_alter_table = OFF;";

/// Makes the tables, or migrates them; refuses a database of another program.
pub(super) fn prepare(
    db: &Connection,
    path: &Path,
    options: &RunOptions,
) -> Result<(), StartError> {
    let told = |error| explain(path, &error);
    // Takes the write lock, so that a file that cannot be written is refused now and not at the
    // first request.
    db.execute_batch(LOOSE).and_then(|()| db.execute_batch("BEGIN IMMEDIATE")).map_err(told)?;
    let settled = settle(db, path, options);
    db.execute_batch(if settled.is_ok() { "COMMIT" } else { "ROLLBACK" }).map_err(told)?;
    db.execute_batch(STRICT).map_err(told)?;
    settled
}

fn settle(db: &Connection, path: &Path, options: &RunOptions) -> Result<(), StartError> {
    let tables = "SELECT count(*) FROM sqlite_schema";
    let tables: i64 =
        db.query_row(tables, [], |row| row.get(0)).map_err(|error| explain(path, &error))?;
    if tables == 0 {
        return make(db, options.schema.tables.iter(), &options.schema, "a new database");
    }
    let foreign =
        |reason: &str| StartError::Foreign { path: path.to_owned(), reason: reason.to_owned() };
    let stored = match db.query_row(STORED, [], |row| row.get::<_, String>(0)).optional() {
        Ok(stored) => stored,
        Err(Error::SqlInputError { .. } | Error::SqliteFailure(_, _)) => None,
        Err(error) => return Err(explain(path, &error)),
    };
    let stored = stored.ok_or_else(|| foreign("it has tables of another program"))?;
    // An older version of this program may have made fewer tables of its own.
    db.execute_batch(OWN).map_err(|error| explain(path, &error))?;
    let old: SchemaSql =
        serde_json::from_str(&stored).map_err(|_| foreign("an older version has made it"))?;
    if old.tables == options.schema.tables { Ok(()) } else { migrate(db, path, &old, options) }
}

fn make<'t>(
    db: &Connection,
    tables: impl Iterator<Item = &'t TableSql> + Clone,
    schema: &SchemaSql,
    summary: &str,
) -> Result<(), StartError> {
    let creates = tables.clone().map(|table| &table.create);
    let statements = creates.chain(tables.flat_map(|table| &table.later));
    let broken = |error: Error| StartError::Schema { reason: error.to_string() };
    for statement in statements {
        db.execute_batch(statement).map_err(broken)?;
    }
    db.execute_batch(OWN).map_err(broken)?;
    db.execute_batch(&migration::remember(schema, summary)).map_err(broken)
}

fn migrate(
    db: &Connection,
    path: &Path,
    old: &SchemaSql,
    options: &RunOptions,
) -> Result<(), StartError> {
    let told = |error| explain(path, &error);
    let migration = Migration::new(old, &options.schema, &WAY, options.drop_removed);
    let ask = |sql: &str| db.query_row(sql, [], |row| row.get(0));
    migration.ask(ask, &path.display().to_string(), told)?;
    for table in &migration.replaced {
        set_aside(db, &table.name).map_err(told)?;
    }
    make(db, migration.made.iter().copied(), &options.schema, &migration.summary())?;
    for (table, copy) in &migration.copies {
        db.execute_batch(copy).map_err(|error| migration::unfit(path.display(), table, error))?;
    }
    for table in &migration.replaced {
        let drop = format!("DROP TABLE {}", old_name(&table.name));
        db.execute_batch(&drop).map_err(told)?;
    }
    let dangling = "SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1";
    let dangling = db.query_row(dangling, [], |row| row.get::<_, String>(0)).optional();
    match dangling.map_err(told)? {
        Some(table) => {
            let reason = "its rows refer to rows that are not there";
            Err(migration::unfit(path.display(), &table, reason))
        }
        None => Ok(()),
    }
}

/// Renames a table and drops its indexes, whose names its successor needs.
fn set_aside(db: &Connection, table: &str) -> rusqlite::Result<()> {
    let indexes = format!(
        "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL \
         AND tbl_name = {} COLLATE NOCASE",
        literal(table)
    );
    let names = db
        .prepare(&indexes)?
        .query_map([], |row| row.get(0))?
        .collect::<Result<Vec<String>, _>>()?;
    for name in names {
        db.execute_batch(&format!("DROP INDEX {}", quote(&name)))?;
    }
    db.execute_batch(&format!("ALTER TABLE {} RENAME TO {}", quote(table), old_name(table)))
}

fn old_name(table: &str) -> String {
    quote(&format!("groundplan_old_{table}"))
}

fn convert(from: &ColumnType, to: &ColumnType, name: &str) -> Option<String> {
    match (from, to) {
        (ColumnType::Date, ColumnType::Timestamp) => Some(format!("{name} || 'T00:00:00.000000Z'")),
        _ => migration::convert(from, to, name, |to| match to {
            ColumnType::Float => "REAL",
            _ => "TEXT",
        }),
    }
}

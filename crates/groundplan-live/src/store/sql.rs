//! Small pieces of SQL text, and running a prepared statement.
//!
//! Every statement on a row numbers its parameters alike: `?1` is the caller, `?2` the key in the
//! path, `?3` the parent's key; values follow from [`FIRST_VALUE`].

use rusqlite::types::Value as Cell;
use rusqlite::{CachedStatement, Connection, Row};

/// The number of a statement's first value.
pub(crate) const FIRST_VALUE: usize = 4;

/// `name` as a quoted identifier.
pub(crate) fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// `text` as a string literal.
pub(crate) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// What a statement's first parameters stand for.
#[derive(Debug)]
pub(crate) struct Head<'a> {
    pub(crate) subject: &'a str,
    pub(crate) key: &'a Cell,
    pub(crate) parent: &'a Cell,
}

/// Prepares `sql` (once for each text and connection) and binds what it has parameters for.
pub(crate) fn prepare<'db>(
    db: &'db Connection,
    sql: &str,
    head: &Head<'_>,
    values: &[Cell],
) -> rusqlite::Result<CachedStatement<'db>> {
    let mut statement = db.prepare_cached(sql)?;
    let count = statement.parameter_count();
    for (index, value) in values.iter().enumerate().take(count.saturating_sub(FIRST_VALUE - 1)) {
        statement.raw_bind_parameter(FIRST_VALUE + index, value)?;
    }
    if count >= 3 {
        statement.raw_bind_parameter(3, head.parent)?;
    }
    if count >= 2 {
        statement.raw_bind_parameter(2, head.key)?;
    }
    if count >= 1 {
        statement.raw_bind_parameter(1, head.subject)?;
    }
    Ok(statement)
}

/// Runs `sql` and reads its first row, if there is one.
pub(crate) fn first<T>(
    db: &Connection,
    sql: &str,
    head: &Head<'_>,
    values: &[Cell],
    read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Option<T>> {
    let mut statement = prepare(db, sql, head, values)?;
    let mut rows = statement.raw_query();
    let found = rows.next()?.map(read).transpose()?;
    // A statement that changes rows is done only when it was stepped to its end.
    while rows.next()?.is_some() {}
    Ok(found)
}

//! PostgreSQL's errors as ours: it names constraints, and we name columns.

use std::collections::HashMap;

use tokio_postgres::Error;
use tokio_postgres::error::{DbError, SqlState};

use crate::store::Failed;

/// Constraints and unique indexes by name, with their columns (`a, b`) or their text.
#[derive(Debug, Default)]
pub(super) struct Catalog(pub(super) HashMap<String, String>);

/// Selects what [`Catalog`] holds: name and text of each constraint that can refuse a row.
pub(super) const SELECT: &str = "SELECT c.conname::text, CASE c.contype WHEN 'c' \
     THEN pg_get_constraintdef(c.oid) ELSE (SELECT string_agg(a.attname, ', ' ORDER BY k.n) \
       FROM unnest(c.conkey) WITH ORDINALITY AS k(num, n) \
       JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num) END \
     FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid \
     WHERE c.contype IN ('c', 'p', 'u') AND pg_table_is_visible(t.oid) \
     UNION ALL SELECT i.relname::text, (SELECT string_agg(a.attname, ', ' ORDER BY k.n) \
       FROM unnest(x.indkey) WITH ORDINALITY AS k(num, n) \
       JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.num) \
     FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid \
     WHERE x.indisunique AND pg_table_is_visible(i.oid)";

impl Catalog {
    /// What `error` says, in our words.
    pub(super) fn read(&self, error: &Error) -> Failed {
        match error.as_db_error() {
            Some(told) => self.told(told),
            None => Failed::Broken(error.to_string()),
        }
    }

    fn told(&self, error: &DbError) -> Failed {
        let named = || {
            let name = error.constraint().unwrap_or_default();
            self.0.get(name).cloned().unwrap_or_else(|| format!("index '{name}'"))
        };
        let code = error.code();
        if *code == SqlState::UNIQUE_VIOLATION || *code == SqlState::EXCLUSION_VIOLATION {
            Failed::Duplicate(named())
        } else if *code == SqlState::NOT_NULL_VIOLATION {
            Failed::NotNull(error.column().unwrap_or_default().to_owned())
        } else if *code == SqlState::CHECK_VIOLATION {
            Failed::Check(named())
        } else if *code == SqlState::FOREIGN_KEY_VIOLATION || *code == SqlState::RESTRICT_VIOLATION
        {
            Failed::ForeignKey
        } else if code.code().starts_with("22") {
            Failed::Datatype(error.message().to_owned())
        } else {
            Failed::Broken(format!("{}: {}", code.code(), error.message()))
        }
    }
}

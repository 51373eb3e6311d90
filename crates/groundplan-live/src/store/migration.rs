//! From the tables that a database has to those that the document describes now.
//!
//! A table that changed is made anew as in an empty database, and its rows are copied over. So a
//! migrated database and a new one cannot differ, whatever has changed. What would lose a value is
//! refused, unless the caller lets it go.

use groundplan_model::Digest;
use groundplan_model::schema::{ColumnSql, ColumnType, SchemaSql, TableSql};
use jiff::Timestamp;

use super::sql::{literal, quote};
use crate::service::StartError;
use crate::value::write_time;

/// How a database takes part in a migration.
pub(super) struct Way {
    /// What an old table is called while its successor is filled.
    pub(super) old_name: fn(&str) -> String,
    /// Whether a table must be made anew because one that it refers to is.
    pub(super) follows: bool,
    /// What a value of another type becomes; `None` where that cannot be said.
    pub(super) convert: fn(&ColumnType, &ColumnType, &str) -> Option<String>,
}

/// What to do, in order.
#[derive(Debug, Default)]
pub(super) struct Migration<'a> {
    /// Old tables that go or are made anew.
    pub(super) replaced: Vec<&'a TableSql>,
    /// Tables to make.
    pub(super) made: Vec<&'a TableSql>,
    /// Statements that copy rows, with the table for errors.
    pub(super) copies: Vec<(&'a str, String)>,
    /// Questions whose answer must be 0 before anything is done.
    pub(super) questions: Vec<Question>,
}

/// A number of values that would be lost or missing, and how to say so.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) count: String,
    /// Behind the number.
    pub(super) loss: String,
}

impl<'a> Migration<'a> {
    pub(super) fn new(
        old: &'a SchemaSql,
        new: &'a SchemaSql,
        way: &Way,
        drop_removed: bool,
    ) -> Self {
        let mut migration = Self::default();
        let changed = changed(old, new, way.follows);
        let names = Names { old, new };
        for table in &old.tables {
            match new.table(&table.name) {
                None => {
                    migration.replaced.push(table);
                    if !names.is_moved(table) {
                        migration.ask_of_removed(table, drop_removed);
                    }
                }
                Some(_) if changed.contains(&table.name.to_ascii_lowercase()) => {
                    migration.replaced.push(table);
                }
                Some(_) => {}
            }
        }
        for table in &new.tables {
            if !changed.contains(&table.name.to_ascii_lowercase()) {
                continue;
            }
            migration.made.push(table);
            if let Some(before) = names.table_before(table) {
                migration.copy((before, table), &names, way, drop_removed);
            }
        }
        migration
    }

    /// Asks every question by `count`; refuses where an answer is not 0.
    pub(super) fn ask<E>(
        &self,
        mut count: impl FnMut(&str) -> Result<i64, E>,
        database: &str,
        told: impl Fn(E) -> StartError,
    ) -> Result<(), StartError> {
        let mut reasons = Vec::new();
        for question in &self.questions {
            let found = count(&question.count).map_err(&told)?;
            if found > 0 {
                reasons.push(format!("{found} {}", question.loss));
            }
        }
        if reasons.is_empty() {
            return Ok(());
        }
        let database = database.to_owned();
        Err(StartError::CannotFollow { database, reason: reasons.join(", and ") })
    }

    /// What has changed, for people.
    pub(super) fn summary(&self) -> String {
        let gone =
            self.replaced.iter().filter(|old| !self.made.iter().any(|it| it.name == old.name));
        let gone: Vec<String> = gone.map(|table| format!("{} is gone", table.name)).collect();
        let fresh = |name: &str| !self.copies.iter().any(|(copied, _)| *copied == name);
        let made = self.made.iter().map(|table| match fresh(&table.name) {
            true => format!("{} is new", table.name),
            false => format!("{} is made anew", table.name),
        });
        made.chain(gone).collect::<Vec<_>>().join(", ")
    }

    fn ask_of_removed(&mut self, table: &TableSql, drop_removed: bool) {
        if !drop_removed {
            let count = format!("SELECT count(*) FROM {}", quote(&table.name));
            let loss =
                format!("rows are in table `{}`, which the document no longer has", table.name);
            self.questions.push(Question { count, loss });
        }
    }

    fn copy(
        &mut self,
        (before, now): (&'a TableSql, &'a TableSql),
        names: &Names<'a>,
        way: &Way,
        drop_removed: bool,
    ) {
        let (mut columns, mut values) = (Vec::new(), Vec::new());
        let mut moved: Vec<&str> = Vec::new();
        for column in &now.columns {
            let old = names.column_before((before, now), column);
            moved.extend(old.map(|it| it.name.as_str()));
            let value = match old {
                Some(old) => Some(self.moved(old, (before, now), column, way)),
                None => self.filled(before, now, column),
            };
            if let Some(value) = value {
                columns.push(quote(&column.name));
                values.push(value);
            }
        }
        let removed = before.columns.iter().filter(|it| !moved.contains(&it.name.as_str()));
        for column in removed.filter(|_| !drop_removed) {
            let loss = format!(
                "rows of `{}` have a value in `{}`, which the document no longer has",
                now.name, column.name
            );
            self.questions.push(Question { count: with_value(before, column), loss });
        }
        let sql = format!(
            "INSERT INTO {} ({}) SELECT {} FROM {}",
            quote(&now.name),
            columns.join(", "),
            values.join(", "),
            (way.old_name)(&before.name),
        );
        self.copies.push((&now.name, sql));
    }

    /// What rows get in a column that is new; `None` where the database has a value itself.
    fn filled(&mut self, before: &TableSql, now: &TableSql, column: &ColumnSql) -> Option<String> {
        if column.fill.is_none() && column.not_null {
            let count = format!("SELECT count(*) FROM {}", quote(&before.name));
            let loss = format!(
                "rows of `{}` would have no value in the new column `{}`, which must have one and \
                 has no DEFAULT",
                now.name, column.name
            );
            self.questions.push(Question { count, loss });
        }
        column.fill.clone()
    }

    /// What rows get in a column from `old`.
    fn moved(
        &mut self,
        old: &ColumnSql,
        (before, now): (&TableSql, &TableSql),
        column: &ColumnSql,
        way: &Way,
    ) -> String {
        let name = quote(&old.name);
        let converted = (way.convert)(&old.ty, &column.ty, &name).unwrap_or_else(|| {
            let loss = format!(
                "values of `{}.{}` cannot become what the document says of that column now",
                now.name, column.name
            );
            self.questions.push(Question { count: with_value(before, old), loss });
            "NULL".to_owned()
        });
        // A column that may no longer be empty gets its default where it is.
        let fill = column.fill.as_ref().filter(|_| column.not_null && !old.not_null);
        fill.map_or(converted.clone(), |fill| format!("coalesce({converted}, {fill})"))
    }
}

/// What is which: by its name, else by the name that it had before, where nothing else has that.
struct Names<'a> {
    old: &'a SchemaSql,
    new: &'a SchemaSql,
}

impl<'a> Names<'a> {
    fn table_before(&self, now: &TableSql) -> Option<&'a TableSql> {
        let renamed = || {
            let from = self.new.renamed_from(&now.name, None)?;
            self.old.table(from).filter(|_| self.new.table(from).is_none())
        };
        self.old.table(&now.name).or_else(renamed)
    }

    /// Whether a table of another name gets its rows.
    fn is_moved(&self, before: &TableSql) -> bool {
        let mut tables = self.new.tables.iter();
        tables.any(|now| self.table_before(now).is_some_and(|it| it.name == before.name))
    }

    fn column_before(
        &self,
        (before, now): (&'a TableSql, &TableSql),
        column: &ColumnSql,
    ) -> Option<&'a ColumnSql> {
        let renamed = || {
            let from = self.new.renamed_from(&now.name, Some(&column.name))?;
            before.column(from).filter(|_| now.column(from).is_none())
        };
        before.column(&column.name).or_else(renamed)
    }
}

fn with_value(table: &TableSql, column: &ColumnSql) -> String {
    format!("SELECT count(*) FROM {} WHERE {} IS NOT NULL", quote(&table.name), quote(&column.name))
}

/// Names, in lower case, of tables whose statements are others than before.
fn changed(old: &SchemaSql, new: &SchemaSql, follows: bool) -> Vec<String> {
    let same = |table: &TableSql| old.table(&table.name) == Some(table);
    let mut changed: Vec<String> =
        new.tables.iter().filter(|it| !same(it)).map(|it| it.name.to_ascii_lowercase()).collect();
    if !follows {
        return changed;
    }
    loop {
        let is_changed = |name: &str| changed.contains(&name.to_ascii_lowercase());
        let next = new.tables.iter().find(|table| {
            !is_changed(&table.name) && table.refers_to.iter().any(|it| is_changed(it))
        });
        match next {
            Some(table) => changed.push(table.name.to_ascii_lowercase()),
            None => return changed,
        }
    }
}

/// The old conversions that both databases know; `cast` writes a value as another type.
pub(super) fn convert(
    from: &ColumnType,
    to: &ColumnType,
    name: &str,
    cast: impl Fn(&ColumnType) -> &'static str,
) -> Option<String> {
    use ColumnType::{Date, Decimal, Float, Integer, Json, Other, Text, Timestamp, Uuid};
    let cast = || Some(format!("CAST({name} AS {})", cast(to)));
    match (from, to) {
        (Integer { .. }, Integer { .. }) => Some(name.to_owned()),
        (from, to) if from == to => Some(name.to_owned()),
        (Text | Other, Text | Other) => Some(name.to_owned()),
        (Integer { .. } | Float | Decimal | Uuid | Timestamp | Date | Json, Text | Other)
        | (Integer { .. }, Float | Decimal) => cast(),
        _ => None,
    }
}

/// Rows of `table` do not fit what the document says of them now.
pub(super) fn unfit(
    database: impl std::fmt::Display,
    table: &str,
    reason: impl std::fmt::Display,
) -> StartError {
    let reason = format!("rows of `{table}` do not fit it: {reason}");
    StartError::CannotFollow { database: database.to_string(), reason }
}

/// The tables of our own: the schema as it was made, how it came about, the bytes of files, and jobs.
pub(super) const OWN: &str = "CREATE TABLE IF NOT EXISTS groundplan_meta \
     (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL); \
     CREATE TABLE IF NOT EXISTS groundplan_migrations \
     (digest TEXT NOT NULL, applied_at TEXT NOT NULL, summary TEXT NOT NULL); \
     CREATE TABLE IF NOT EXISTS groundplan_files \
     (key TEXT PRIMARY KEY NOT NULL, resource TEXT NOT NULL, content BYTEA NOT NULL); \
     CREATE TABLE IF NOT EXISTS groundplan_jobs \
     (id TEXT PRIMARY KEY NOT NULL, method TEXT NOT NULL, uri TEXT NOT NULL, \
     headers TEXT NOT NULL, body BYTEA NOT NULL, subject TEXT NOT NULL, tenant TEXT, \
     roles TEXT NOT NULL, request_id TEXT, status TEXT NOT NULL, attempts BIGINT NOT NULL, \
     created_s BIGINT NOT NULL, run_s BIGINT NOT NULL, started_s BIGINT, finished_s BIGINT, \
     lease TEXT, lease_s BIGINT, answer_status BIGINT, answer TEXT); \
     CREATE INDEX IF NOT EXISTS groundplan_jobs_due ON groundplan_jobs (status, run_s);";

/// Selects the schema that the database was made for.
pub(super) const STORED: &str = "SELECT value FROM groundplan_meta WHERE name = 'schema'";

/// Statements that keep `schema`, and that it was reached by `summary`.
pub(super) fn remember(schema: &SchemaSql, summary: &str) -> String {
    let digest = Digest::of(&schema.text()).to_string();
    let now = write_time(Timestamp::now());
    let json = serde_json::to_string(schema).unwrap_or_default();
    format!(
        "DELETE FROM groundplan_meta WHERE name = 'schema'; \
         INSERT INTO groundplan_meta VALUES ('schema', {}); \
         INSERT INTO groundplan_migrations VALUES ({}, {}, {});",
        literal(&json),
        literal(&digest),
        literal(&now),
        literal(summary)
    )
}

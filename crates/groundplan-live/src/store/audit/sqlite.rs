//! SQLite: triggers of the one connection that writes, which ask a function of ours who it is.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

use super::form::Form;
use super::{EVENTS, Event, ORIGIN, Stamp, Watched};
use crate::store::sql::{literal, quote};
use crate::value::write_time;

const TABLE: &str = "CREATE TABLE IF NOT EXISTS groundplan_audit (\
     id INTEGER PRIMARY KEY, at TEXT NOT NULL, subject TEXT, tenant TEXT, roles TEXT, \
     method TEXT, path TEXT, request_id TEXT, resource TEXT NOT NULL, key TEXT, \
     action TEXT NOT NULL, row_before TEXT, row_after TEXT) STRICT; \
     CREATE INDEX IF NOT EXISTS groundplan_audit_row ON groundplan_audit (resource, key);";

/// Who the writer is working for.
#[derive(Clone, Debug, Default)]
pub(in crate::store) struct Working(Arc<Mutex<Option<Stamp>>>);

impl Working {
    /// Tells the connection's triggers for whom it writes from now on.
    pub(in crate::store) fn for_whom(&self, stamp: Option<Stamp>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = stamp;
    }

    /// What the origin says at `index`. There is always a time.
    fn text(&self, index: usize) -> Option<String> {
        let stamp = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let text = stamp.as_ref().and_then(|it| it.text(index)).map(str::to_owned);
        text.or_else(|| (index == 0).then(|| write_time(Timestamp::now())))
    }

    /// Lets triggers on `db` ask.
    pub(in crate::store) fn register(&self, db: &Connection) -> rusqlite::Result<()> {
        let this = self.clone();
        // Innocuous: triggers may call it although the schema is not trusted.
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_INNOCUOUS;
        db.create_scalar_function("groundplan_origin", 1, flags, move |context| {
            let index = usize::try_from(context.get::<i64>(0)?).unwrap_or(usize::MAX);
            Ok(this.text(index))
        })
    }
}

/// Watches these tables from now on, and no others.
pub(in crate::store) fn watch(db: &Connection, tables: &[Watched]) -> rusqlite::Result<()> {
    let names = "SELECT name FROM sqlite_temp_schema \
         WHERE type = 'trigger' AND name GLOB 'groundplan_audit_*'";
    let names: Vec<String> =
        db.prepare(names)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut sql: String =
        names.iter().map(|name| format!("DROP TRIGGER temp.{};", quote(name))).collect();
    if !tables.is_empty() {
        sql.push_str(TABLE);
    }
    for (number, table) in tables.iter().enumerate() {
        sql.extend(EVENTS.iter().map(|event| trigger(number, table, *event)));
    }
    db.execute_batch(&sql)
}

fn trigger(number: usize, table: &Watched, event: Event) -> String {
    let Event { action, before, after } = event;
    let origin: Vec<String> =
        (0..ORIGIN.len()).map(|index| format!("groundplan_origin({index})")).collect();
    let row = |alias: Option<&str>| alias.map_or("NULL".to_owned(), |it| table.row(it, write));
    let key = table.key(after.or(before).unwrap_or("NEW"));
    format!(
        "CREATE TEMP TRIGGER groundplan_audit_{number}_{action} AFTER {action} ON main.{} BEGIN \
         INSERT INTO groundplan_audit ({}, resource, key, action, row_before, row_after) \
         VALUES ({}, {}, {key}, '{action}', {}, {}); END;",
        quote(&table.table),
        ORIGIN.join(", "),
        origin.join(", "),
        literal(&table.table),
        row(before),
        row(after),
    )
}

fn write(form: Form, value: &str) -> String {
    match form {
        Form::Masked => format!("CASE WHEN {value} IS NOT NULL THEN '\"***\"' END"),
        Form::Bytes => format!("'\"' || length({value}) || ' bytes\"'"),
        Form::Boolean => format!("CASE {value} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END"),
        Form::Json => {
            format!("CASE WHEN json_valid({value}) THEN {value} ELSE json_quote({value}) END")
        }
        Form::Integer | Form::Real => format!("CAST({value} AS TEXT)"),
        Form::Moment | Form::Text => format!("json_quote({value})"),
    }
}

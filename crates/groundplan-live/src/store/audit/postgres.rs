//! PostgreSQL: triggers of the tables, which ask the transaction's settings who it is. Whoever else
//! writes there is recorded too, without a name.

use super::form::Form;
use super::{EVENTS, Event, ORIGIN, Watched};
use crate::store::sql::{literal, quote};

const TABLE: &str = "CREATE TABLE IF NOT EXISTS groundplan_audit (\
     id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at TEXT COLLATE \"C\" NOT NULL, \
     subject TEXT, tenant TEXT, roles TEXT, method TEXT, path TEXT, request_id TEXT, \
     resource TEXT NOT NULL, key TEXT, action TEXT NOT NULL, row_before TEXT, row_after TEXT); \
     CREATE INDEX IF NOT EXISTS groundplan_audit_row ON groundplan_audit (resource, key);";

/// Our functions with their triggers go.
const DROP: &str = "DO $groundplan$ DECLARE it record; BEGIN FOR it IN \
     SELECT oid::regprocedure AS name FROM pg_proc WHERE proname LIKE 'groundplan\\_audit\\_%' \
     AND pronamespace = current_schema()::regnamespace \
     LOOP EXECUTE 'DROP FUNCTION ' || it.name || ' CASCADE'; END LOOP; END $groundplan$;";

/// How many tables are watched.
pub(in crate::store) const WATCHED: &str = "SELECT count(*) FROM pg_trigger \
     WHERE tgname = 'groundplan_audit' AND NOT tgisinternal AND tgrelid IN \
     (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)";

/// Watches these tables from now on, and no others.
pub(in crate::store) fn watch(tables: &[Watched]) -> String {
    let mut sql = DROP.to_owned();
    if !tables.is_empty() {
        sql.push_str(TABLE);
    }
    sql.extend(tables.iter().enumerate().map(|(number, table)| trigger(number, table)));
    sql
}

fn trigger(number: usize, table: &Watched) -> String {
    let branch = |event: &Event| {
        let is_it = literal(&event.action.to_uppercase());
        format!("WHEN {is_it} THEN {}; ", insert(table, *event))
    };
    let branches: String = EVENTS.iter().map(branch).collect();
    format!(
        "CREATE FUNCTION groundplan_audit_{number}() RETURNS trigger LANGUAGE plpgsql AS \
         $groundplan$ DECLARE origin json := \
         coalesce(nullif(current_setting('groundplan.origin', true), ''), '{{}}'); \
         BEGIN CASE TG_OP {branches}END CASE; RETURN NULL; END $groundplan$; \
         CREATE TRIGGER groundplan_audit AFTER INSERT OR UPDATE OR DELETE ON {} \
         FOR EACH ROW EXECUTE FUNCTION groundplan_audit_{number}();",
        quote(&table.table),
    )
}

fn insert(table: &Watched, event: Event) -> String {
    let Event { action, before, after } = event;
    let now = moment("clock_timestamp()");
    let origin = ORIGIN.iter().map(|name| match *name {
        "at" => format!("coalesce(origin->>'at', {now})"),
        name => format!("origin->>'{name}'"),
    });
    let row = |alias: Option<&str>| alias.map_or("NULL".to_owned(), |it| table.row(it, write));
    let key = table.key(after.or(before).unwrap_or("NEW"));
    format!(
        "INSERT INTO groundplan_audit ({}, resource, key, action, row_before, row_after) \
         VALUES ({}, {}, {key}, '{action}', {}, {})",
        ORIGIN.join(", "),
        origin.collect::<Vec<_>>().join(", "),
        literal(&table.table),
        row(before),
        row(after),
    )
}

/// A time as the wire shows it.
fn moment(value: &str) -> String {
    format!("to_char({value} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
}

fn write(form: Form, value: &str) -> String {
    match form {
        Form::Masked => format!("CASE WHEN {value} IS NOT NULL THEN '\"***\"' END"),
        Form::Bytes => format!("'\"' || octet_length({value}) || ' bytes\"'"),
        Form::Boolean | Form::Integer | Form::Json => format!("CAST({value} AS TEXT)"),
        Form::Real => format!("CAST(to_json({value}) AS TEXT)"),
        Form::Moment => format!("CAST(to_json({}) AS TEXT)", moment(value)),
        Form::Text => format!("CAST(to_json(CAST({value} AS TEXT)) AS TEXT)"),
    }
}

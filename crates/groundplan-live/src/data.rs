//! Rows by the table: put in at the start, taken out as a snapshot, thrown away at a reset.
//!
//! One form for all of it, `{"TABLE": [{"COLUMN": value}]}`: what `--data` reads is what a snapshot
//! is, and what sample rows are made as. Values are in their wire form; secrets are as they are
//! stored.

mod csv;
mod fill;
mod order;
mod sample;

use std::sync::Arc;

use groundplan_model::service::{Resource, ServicePlan};
use serde_json::{Map, Value};

use crate::app::App;
use crate::caller::Caller;
use crate::refused::Refused;
use crate::store::sql::quote;
use crate::store::{Db, Head, Row, Steps, Store};
use crate::wire::Shape;

use fill::Fill;
use order::parents_first;

pub(crate) use sample::sample;

#[cfg(test)]
mod tests;

/// The rows of some tables, by the number of the resource, parents before their children.
pub(crate) type Tables = Vec<(usize, Vec<Map<String, Value>>)>;

/// What came of rows that were put in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// Rows that are there now.
    pub rows: usize,
    /// Rows that the tables did not take, each with its reason.
    pub refused: Vec<String>,
    /// Tables that were left alone: they have rows already.
    pub left: Vec<String>,
}

/// Why rows cannot be put in at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DataError {
    /// It is not in the form that rows are put in.
    #[error(
        "{0}; it is an object of tables, each a list of rows: {{\"TABLE\": [{{\"COLUMN\": 1}}]}}"
    )]
    Form(String),
    /// The document has no such table.
    #[error("no table is named `{name}`; the document's tables are {known}")]
    UnknownTable {
        /// The name.
        name: String,
        /// The tables that there are.
        known: String,
    },
    /// The database does not answer.
    #[error("the database is busy or gone; try again shortly")]
    Unavailable,
}

impl From<Refused> for DataError {
    fn from(_: Refused) -> Self {
        Self::Unavailable
    }
}

/// Reads rows of the plan's tables.
pub(crate) fn read(plan: &ServicePlan, value: Value) -> Result<Tables, DataError> {
    let Value::Object(members) = value else {
        return Err(DataError::Form("the data is no object".to_owned()));
    };
    let mut tables = Vec::with_capacity(members.len());
    for (name, rows) in members {
        let at = plan.resources.iter().position(|it| it.table.name.eq_ignore_ascii_case(&name));
        let at = at.ok_or_else(|| unknown(plan, &name))?;
        tables.push((at, objects(&name, rows)?));
    }
    let order = parents_first(plan);
    tables.sort_by_key(|(at, _)| order.iter().position(|it| it == at));
    Ok(tables)
}

/// Reads rows of one table from CSV.
pub(crate) fn read_csv(plan: &ServicePlan, table: &str, text: &str) -> Result<Tables, DataError> {
    let at = plan.resources.iter().position(|it| it.table.name.eq_ignore_ascii_case(table));
    let at = at.ok_or_else(|| unknown(plan, table))?;
    let Some(resource) = plan.resources.get(at) else { return Ok(Tables::new()) };
    Ok(vec![(at, csv::rows(resource, text)?)])
}

fn objects(table: &str, rows: Value) -> Result<Vec<Map<String, Value>>, DataError> {
    let wrong = || DataError::Form(format!("`{table}` is no list of rows"));
    let Value::Array(rows) = rows else { return Err(wrong()) };
    let object = |row| match row {
        Value::Object(row) => Ok(row),
        _ => Err(wrong()),
    };
    rows.into_iter().map(object).collect()
}

fn unknown(plan: &ServicePlan, name: &str) -> DataError {
    let known: Vec<String> =
        plan.resources.iter().map(|it| format!("`{}`", it.table.name)).collect();
    DataError::UnknownTable { name: name.to_owned(), known: known.join(", ") }
}

/// Puts rows into tables that are empty. Rows without an owner become `subject`'s.
pub(crate) async fn fill(app: &App, tables: Tables, subject: &str) -> Result<Filled, DataError> {
    let owner = app.callers.name(subject.into());
    let mut filled = Filled::default();
    // Which tables are empty is asked before the first row goes in: children may be made with it.
    let mut empty = Vec::with_capacity(tables.len());
    for (at, _) in &tables {
        let resource = app.plan.resources.get(*at);
        empty.push(match resource {
            Some(resource) => is_empty(&app.store, resource).await?,
            None => false,
        });
    }
    for ((at, rows), is_empty) in tables.into_iter().zip(empty) {
        let Some(resource) = app.plan.resources.get(at) else { continue };
        if !is_empty {
            filled.left.push(resource.table.name.clone());
            continue;
        }
        let fill = Fill::new(&app.plan, resource, Arc::clone(&owner));
        fill.run(&app.store, rows, &mut filled).await?;
    }
    Ok(filled)
}

async fn is_empty(store: &Store, resource: &Resource) -> Result<bool, Refused> {
    let sql = format!("SELECT 1 FROM {} LIMIT 1", quote(&resource.table.name));
    let work = move |db: &Db<'_>| {
        Ok(db.first(&sql, &Head::of(&Caller::named("")), &[], |_| ())?.is_none())
    };
    store.read(work).await
}

/// As [`fill`], for rows that the service begins with: a reset puts back what is there then.
pub(crate) async fn begin_with(
    app: &App,
    tables: Tables,
    subject: &str,
) -> Result<Filled, DataError> {
    let filled = fill(app, tables, subject).await?;
    app.host.begin_with(present(app).await?);
    Ok(filled)
}

/// All rows.
pub(crate) async fn present(app: &App) -> Result<Tables, DataError> {
    let json = dump(app).await?;
    let value = serde_json::from_slice(&json);
    read(&app.plan, value.map_err(|error| DataError::Form(error.to_string()))?)
}

/// All rows as JSON text.
pub(crate) async fn dump(app: &App) -> Result<Vec<u8>, Refused> {
    let plan = Arc::clone(&app.plan);
    let work = move |db: &Db<'_>| {
        let mut out = b"{".to_vec();
        for (number, at) in parents_first(&plan).into_iter().enumerate() {
            let Some(resource) = plan.resources.get(at) else { continue };
            out.extend_from_slice(if number == 0 { b"\n" } else { b",\n" });
            out.extend_from_slice(Value::from(resource.table.name.as_str()).to_string().as_bytes());
            out.extend_from_slice(b":[");
            dump_table(db, resource, &mut out)?;
            out.push(b']');
        }
        out.extend_from_slice(b"\n}\n");
        Ok(out)
    };
    app.store.read_slowly(work).await
}

fn dump_table(db: &Db<'_>, resource: &Resource, out: &mut Vec<u8>) -> Result<(), Refused> {
    let shape = Shape::whole(resource);
    let table = quote(&resource.table.name);
    let keys: Vec<String> = resource.table.primary_key.iter().map(|it| quote(it)).collect();
    let order =
        if keys.is_empty() { String::new() } else { format!(" ORDER BY {}", keys.join(", ")) };
    let sql = format!("SELECT {} FROM {table}{order}", shape.columns());
    let mut first = true;
    db.each(&sql, &Head::of(&Caller::named("")), &[], |row: &Row<'_>| {
        out.extend_from_slice(if first { b"\n" } else { b",\n" });
        first = false;
        shape.write(row, out);
    })?;
    Ok(())
}

/// Throws all rows away, and what is kept of the requests that made them.
pub(crate) async fn clear(app: &App) -> Result<(), Refused> {
    app.keys.forget_all(&app.store).await?;
    let order = parents_first(&app.plan).into_iter().rev();
    let tables = order.filter_map(|at| app.plan.resources.get(at));
    let mut deletes: Vec<String> =
        tables.map(|it| format!("DELETE FROM {}", quote(&it.table.name))).collect();
    deletes.push("DELETE FROM groundplan_jobs".to_owned());
    if app.records {
        deletes.push("DELETE FROM groundplan_audit".to_owned());
    }
    let work = move |db: &Db<'_>| {
        for delete in &deletes {
            db.execute(delete, &Head::of(&Caller::named("")), &[])?;
        }
        Ok(())
    };
    app.store.write(Steps::Several, work).await
}

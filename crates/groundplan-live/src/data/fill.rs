//! Rows into one table: many at a time, and where one of them is refused, one by one.

use std::sync::Arc;

use groundplan_model::schema::ColumnType;
use groundplan_model::service::{Resource, Role, ServicePlan};
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::Filled;
use crate::action::{Filler, owner};
use crate::caller::Caller;
use crate::refused::Refused;
use crate::store::sql::{literal, quote};
use crate::store::{Cell, Constraints, Db, FIRST_VALUE, Head, Steps, Store};
use crate::value;

/// Rows of one transaction.
const BATCH: usize = 200;

/// Reasons that are told; the others are counted.
const TOLD: usize = 20;

/// Puts rows into one table.
pub(super) struct Fill<'a> {
    resource: &'a Resource,
    constraints: Constraints,
    owner: Arc<str>,
}

/// A row as a statement.
#[derive(Clone)]
struct Insert {
    sql: String,
    values: Vec<Cell>,
}

impl<'a> Fill<'a> {
    pub(super) fn new(plan: &ServicePlan, resource: &'a Resource, owner: Arc<str>) -> Self {
        Self { resource, constraints: Constraints::new(plan, resource), owner }
    }

    pub(super) async fn run(
        &self,
        store: &Store,
        rows: Vec<Map<String, Value>>,
        filled: &mut Filled,
    ) -> Result<(), Refused> {
        let mut inserts = Vec::with_capacity(rows.len());
        for (number, row) in rows.into_iter().enumerate() {
            match self.insert(row) {
                Ok(insert) => inserts.push(insert),
                Err(reason) => self.tell(filled, number, &reason),
            }
        }
        for batch in inserts.chunks(BATCH) {
            self.batch(store, batch, filled).await?;
        }
        self.count_on(store).await
    }

    async fn batch(
        &self,
        store: &Store,
        batch: &[Insert],
        filled: &mut Filled,
    ) -> Result<(), Refused> {
        if write(store, batch.to_vec()).await.is_ok() {
            filled.rows += batch.len();
            return Ok(());
        }
        for (number, insert) in batch.iter().enumerate() {
            let insert = insert.clone();
            let work = move |db: &Db<'_>| {
                let nobody = Caller::named("");
                Ok(db.execute(&insert.sql, &Head::of(&nobody), &insert.values))
            };
            match store.write(Steps::One, work).await? {
                Ok(_) => filled.rows += 1,
                Err(failed) => {
                    let reason = self.constraints.refuse(failed).message.into_owned();
                    self.tell(filled, number, &reason);
                }
            }
        }
        Ok(())
    }

    fn tell(&self, filled: &mut Filled, number: usize, reason: &str) {
        if filled.refused.len() < TOLD {
            let table = &self.resource.table.name;
            filled.refused.push(format!("row {} of `{table}`: {reason}", number + 1));
        }
    }

    /// The statement of a row; the reason where a value is none of its column.
    fn insert(&self, mut row: Map<String, Value>) -> Result<Insert, String> {
        let now = Timestamp::now();
        let (mut names, mut values) = (Vec::new(), Vec::new());
        let fields = self.resource.fields.iter().zip(&self.resource.table.columns);
        for (field, column) in fields {
            let given = row.remove(&column.name).or_else(|| row.remove(&field.name));
            let cell = match given {
                Some(given) => Some(
                    value::from_json(column, given)
                        .map_err(|fault| format!("`{}` {fault}", column.name))?,
                ),
                None if field.role == Role::Owner => Some(owner(column, &self.owner)),
                None => Filler::of(field, column).fill(now),
            };
            if let Some(cell) = cell {
                names.push(quote(&column.name));
                values.push(cell);
            }
        }
        if let Some(unknown) = row.keys().next() {
            return Err(format!("there is no column `{unknown}`"));
        }
        let numbers = FIRST_VALUE..FIRST_VALUE + names.len();
        let places: Vec<String> = numbers.map(|number| format!("?{number}")).collect();
        let (table, names) = (quote(&self.resource.table.name), names.join(", "));
        let sql = format!("INSERT INTO {table} ({names}) VALUES ({})", places.join(", "));
        Ok(Insert { sql, values })
    }

    /// Makes PostgreSQL count on behind the keys that were given. SQLite does so by itself.
    async fn count_on(&self, store: &Store) -> Result<(), Refused> {
        let Some(key) = self.resource.key_index().and_then(|at| self.resource.column(at)) else {
            return Ok(());
        };
        if !matches!(store, Store::Postgres(_)) || !matches!(key.ty, ColumnType::Integer { .. }) {
            return Ok(());
        }
        let (table, name) = (quote(&self.resource.table.name), quote(&key.name));
        let sequence =
            format!("pg_get_serial_sequence({}, {})", literal(&table), literal(&key.name));
        let sql = format!(
            "SELECT setval({sequence}, (SELECT max({name}) FROM {table})) \
             WHERE {sequence} IS NOT NULL AND EXISTS (SELECT 1 FROM {table})"
        );
        let work = move |db: &Db<'_>| {
            db.first(&sql, &Head::of(&Caller::named("")), &[], |_| ())?;
            Ok(())
        };
        store.write(Steps::One, work).await
    }
}

async fn write(store: &Store, batch: Vec<Insert>) -> Result<(), Refused> {
    let work = move |db: &Db<'_>| {
        let nobody = Caller::named("");
        for insert in &batch {
            let done = db.execute(&insert.sql, &Head::of(&nobody), &insert.values);
            // Told when the rows are tried one by one.
            done.map_err(|_| Refused::unavailable())?;
        }
        Ok(())
    };
    store.write(Steps::Several, work).await
}

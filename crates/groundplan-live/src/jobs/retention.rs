//! Deleting rows whose retention is over, some at a time so that writes of clients come between.

use std::sync::Arc;

use groundplan_model::schema::Column;
use groundplan_model::service::{Keep, ServicePlan};
use jiff::{SignedDuration, Timestamp};

use crate::action::time;
use crate::caller::Caller;
use crate::refused::Refused;
use crate::store::sql::{literal, quote};
use crate::store::{Cell, Db, FIRST_VALUE, Failed, Head, Steps, Store};
use groundplan_model::service::Refusal;

#[cfg(test)]
mod tests;

/// Rows that one transaction deletes at most.
const BATCH: u64 = 500;

/// Rows of one table that go after a time.
#[derive(Debug)]
pub(crate) struct Retention {
    table: String,
    sql: String,
    since: Column,
    days: u32,
}

impl Retention {
    /// `None` where the plan's positions do not hold together.
    pub(crate) fn new(plan: &ServicePlan, keep: &Keep) -> Option<Self> {
        let resource = plan.resources.get(keep.resource)?;
        let since = resource.column(keep.since)?.clone();
        let (table, age) = (quote(&resource.table.name), quote(&since.name));
        let mut condition = format!("{age} < ?{FIRST_VALUE}");
        if !keep.states.is_empty() {
            let states: Vec<String> = keep.states.iter().map(|state| literal(state)).collect();
            let holds =
                |column: &&Column| keep.states.iter().all(|state| column.allowed.contains(state));
            let column = resource.table.columns.iter().find(holds)?;
            condition.push_str(&format!(" AND {} IN ({})", quote(&column.name), states.join(", ")));
        }
        let key: Vec<String> = resource.table.primary_key.iter().map(|it| quote(it)).collect();
        let key = if key.is_empty() { "\"rowid\"".to_owned() } else { key.join(", ") };
        let sql = format!(
            "DELETE FROM {table} WHERE ({key}) IN \
             (SELECT {key} FROM {table} WHERE {condition} ORDER BY {age} LIMIT {BATCH})"
        );
        Some(Self { table: resource.table.name.clone(), sql, since, days: keep.days })
    }

    pub(crate) fn sql(&self) -> &str {
        &self.sql
    }

    pub(crate) fn table(&self) -> &str {
        &self.table
    }

    /// Deletes all that is due; answers how many rows that were.
    pub(crate) async fn run(self: &Arc<Self>, store: &Store) -> Result<u64, Refused> {
        let mut all = 0;
        loop {
            let this = Arc::clone(self);
            let deleted = store.write(Steps::One, move |db: &Db<'_>| this.delete(db)).await?;
            all += deleted;
            if deleted < BATCH {
                return Ok(all);
            }
        }
    }

    fn delete(&self, db: &Db<'_>) -> Result<u64, Refused> {
        let age = SignedDuration::from_hours(i64::from(self.days) * 24);
        let Ok(limit) = Timestamp::now().checked_sub(age) else { return Ok(0) };
        let values: [Cell; 1] = [time(&self.since.ty, limit)];
        let nobody = Caller::named("");
        db.execute(&self.sql, &Head::of(&nobody), &values).map_err(|failed| match failed {
            Failed::ForeignKey => {
                let message = "other rows refer to rows that are due";
                Refused::new(Refusal::StillReferred, message)
            }
            _ => failed.into(),
        })
    }
}

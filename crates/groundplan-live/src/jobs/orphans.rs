//! Deleting the bytes of files that no row names any more: their rows were deleted or got others.

use std::sync::Arc;

use groundplan_model::service::{Operation, ServicePlan};

use crate::caller::Caller;
use crate::refused::Refused;
use crate::store::sql::{literal, quote};
use crate::store::{Db, Head, Steps, Store};

#[cfg(test)]
mod tests;

/// Files that one transaction deletes at most: their bytes may be many.
const BATCH: u64 = 50;

/// Files of one table's rows.
#[derive(Debug)]
pub(crate) struct Orphans {
    table: String,
    sql: String,
}

impl Orphans {
    /// One for each table whose rows have files.
    pub(crate) fn all(plan: &ServicePlan) -> Vec<Self> {
        let takes = |at: usize| {
            plan.routes.iter().any(|route| {
                matches!(route.operation, Operation::Upload(_))
                    && route.binding.as_ref().is_some_and(|it| it.resource == at)
            })
        };
        let resources = plan.resources.iter().enumerate().filter(|(at, _)| takes(*at));
        let of_table = resources.filter_map(|(_, resource)| {
            let columns = resource.file_columns().filter(|it| !it.inline)?;
            Some(Self::new(&resource.table.name, &resource.column(columns.place)?.name))
        });
        of_table.collect()
    }

    fn new(table: &str, place: &str) -> Self {
        let (rows, name, place) = (quote(table), literal(table), quote(place));
        let sql = format!(
            "DELETE FROM groundplan_files WHERE key IN \
             (SELECT key FROM groundplan_files WHERE resource = {name} AND key NOT IN \
             (SELECT {place} FROM {rows} WHERE {place} IS NOT NULL) LIMIT {BATCH})"
        );
        Self { table: table.to_owned(), sql }
    }

    pub(crate) fn sql(&self) -> &str {
        &self.sql
    }

    pub(crate) fn table(&self) -> &str {
        &self.table
    }

    /// Deletes all that no row names; answers how many files that were.
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
        Ok(db.execute(&self.sql, &Head::of(&Caller::named("")), &[])?)
    }
}

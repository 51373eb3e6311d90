//! Rows whose retention is over.

use groundplan_model::schema::{Column, ColumnType};
use groundplan_model::service::{Keep, ServicePlan};

use super::sweep::Sweep;
use crate::store::FIRST_VALUE;
use crate::store::sql::{literal, quote};

#[cfg(test)]
mod tests;

/// How many days finished jobs can be looked at.
const JOBS_DAYS: u32 = 7;

/// Rows that one transaction deletes at most.
const BATCH: u64 = 500;

/// The sweep of rows that go after a time; `None` where the plan's positions do not hold together.
pub(super) fn of(plan: &ServicePlan, keep: &Keep) -> Option<Sweep> {
    let resource = plan.resources.get(keep.resource)?;
    let since = resource.column(keep.since)?;
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
    let before = Some((since.ty.clone(), keep.days));
    Some(Sweep { table: resource.table.name.clone(), sql, batch: BATCH, before })
}

/// The sweep of the audit log. Its entries are as old as they are numbered: no index is needed.
pub(super) fn of_audit(days: u32) -> Sweep {
    let sql = format!(
        "DELETE FROM groundplan_audit WHERE at < ?{FIRST_VALUE} AND id IN \
         (SELECT id FROM groundplan_audit ORDER BY id LIMIT {BATCH})"
    );
    let before = Some((ColumnType::Timestamp, days));
    Sweep { table: "groundplan_audit".to_owned(), sql, batch: BATCH, before }
}

/// The sweep of finished jobs.
pub(super) fn of_jobs() -> Sweep {
    let sql = format!(
        "DELETE FROM groundplan_jobs WHERE id IN \
         (SELECT id FROM groundplan_jobs WHERE finished_s < ?{FIRST_VALUE} LIMIT {BATCH})"
    );
    let before = Some((ColumnType::Integer { auto: false }, JOBS_DAYS));
    Sweep { table: "groundplan_jobs".to_owned(), sql, batch: BATCH, before }
}

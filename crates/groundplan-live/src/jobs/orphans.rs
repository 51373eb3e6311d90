//! The bytes of files that no row names any more: their rows were deleted or got others.

use groundplan_model::service::{Operation, ServicePlan};

use super::sweep::Sweep;
use crate::store::sql::{literal, quote};

#[cfg(test)]
mod tests;

/// Files that one transaction deletes at most: their bytes may be many.
const BATCH: u64 = 50;

/// A sweep for each table whose rows have files.
pub(super) fn all(plan: &ServicePlan) -> Vec<Sweep> {
    let takes = |at: usize| {
        plan.routes.iter().any(|route| {
            matches!(route.operation, Operation::Upload(_))
                && route.binding.as_ref().is_some_and(|it| it.resource == at)
        })
    };
    let resources = plan.resources.iter().enumerate().filter(|(at, _)| takes(*at));
    let of_table = resources.filter_map(|(_, resource)| {
        let columns = resource.file_columns().filter(|it| !it.inline)?;
        Some(of(&resource.table.name, &resource.column(columns.place)?.name))
    });
    of_table.collect()
}

/// The files of `table` that its column `place` names no more.
fn of(table: &str, place: &str) -> Sweep {
    let (rows, name, place) = (quote(table), literal(table), quote(place));
    let sql = format!(
        "DELETE FROM groundplan_files WHERE key IN \
         (SELECT key FROM groundplan_files WHERE resource = {name} AND key NOT IN \
         (SELECT {place} FROM {rows} WHERE {place} IS NOT NULL) LIMIT {BATCH})"
    );
    Sweep { table: table.to_owned(), sql, batch: BATCH, before: None }
}

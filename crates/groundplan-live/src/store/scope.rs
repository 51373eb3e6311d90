//! Whose rows a caller may touch, as a condition.
//!
//! Rows of a scoped resource are their owner's. Rows of a resource without scope that refer to a
//! scoped one are as visible as the row that they refer to, however many steps away. Rows of a tenant
//! are for callers of that tenant.

use groundplan_model::schema::{ColumnType, ForeignKey};
use groundplan_model::service::{Resource, ServicePlan};

use super::sql::{literal, quote};

#[cfg(test)]
mod tests;

/// Steps from a row to the row that has the owner; more are not followed.
const DEPTH: usize = 8;

/// The condition on rows of `resource`, known as `alias`, for the caller `?1` of the
/// tenant `?4`; `None` where
/// everybody sees them.
pub(crate) fn condition(plan: &ServicePlan, resource: &Resource, alias: &str) -> Option<String> {
    let live = live(resource, alias);
    let own = nested(plan, resource, alias, DEPTH);
    let both: Vec<String> = live.into_iter().chain(own).collect();
    (!both.is_empty()).then(|| both.join(" AND "))
}

/// The condition that a row is not marked as deleted. A row that refers to a deleted one is still
/// there, so this is not asked of the rows behind a foreign key.
fn live(resource: &Resource, alias: &str) -> Option<String> {
    let mark = resource.soft_delete.as_ref()?;
    let column = resource.column(mark.column)?;
    let name = format!("{alias}.{}", quote(&column.name));
    Some(match &mark.state {
        Some(state) => format!("{name} <> {}", literal(state)),
        None if column.ty == ColumnType::Boolean => format!("NOT coalesce({name}, FALSE)"),
        None => format!("{name} IS NULL"),
    })
}

fn nested(plan: &ServicePlan, resource: &Resource, alias: &str, depth: usize) -> Option<String> {
    let tenant = resource.tenant.and_then(|index| resource.column(index));
    let tenant = tenant.map(|column| format!("{alias}.{} = ?4", quote(&column.name)));
    let conditions: Vec<String> =
        tenant.into_iter().chain(owned(plan, resource, alias, depth)).collect();
    (!conditions.is_empty()).then(|| conditions.join(" AND "))
}

/// The condition that the row is the caller's, or belongs to one that is.
fn owned(plan: &ServicePlan, resource: &Resource, alias: &str, depth: usize) -> Option<String> {
    let owner = resource.owner.and_then(|index| resource.column(index));
    if let Some(owner) = owner.filter(|_| resource.scoped) {
        return Some(format!("{alias}.{} = ?1", quote(&owner.name)));
    }
    let depth = depth.checked_sub(1)?;
    let keys = resource.table.foreign_keys.iter();
    let conditions: Vec<String> = keys.filter_map(|key| through(plan, key, alias, depth)).collect();
    (!conditions.is_empty()).then(|| conditions.join(" AND "))
}

/// The condition that the row behind `key` is the caller's, or that there is none.
fn through(plan: &ServicePlan, key: &ForeignKey, alias: &str, depth: usize) -> Option<String> {
    let parent = resource_of(plan, &key.table)?;
    let inner = format!("p{depth}");
    let scope = nested(plan, parent, &inner, depth)?;
    let referred = referred(parent, key);
    let pairs = key.columns.iter().zip(referred);
    let same: Vec<String> = pairs
        .map(|(own, there)| format!("{inner}.{} = {alias}.{}", quote(there), quote(own)))
        .collect();
    let first = key.columns.first()?;
    Some(format!(
        "({alias}.{} IS NULL OR EXISTS (SELECT 1 FROM {} AS {inner} WHERE {} AND {scope}))",
        quote(first),
        quote(&parent.table.name),
        same.join(" AND "),
    ))
}

/// The resource of the table named `table`.
pub(crate) fn resource_of<'a>(plan: &'a ServicePlan, table: &str) -> Option<&'a Resource> {
    plan.resources.iter().find(|it| it.table.name.eq_ignore_ascii_case(table))
}

/// The columns of `parent` that `key` refers to.
pub(crate) fn referred<'a>(parent: &'a Resource, key: &'a ForeignKey) -> &'a [String] {
    if key.referred.is_empty() { &parent.table.primary_key } else { &key.referred }
}

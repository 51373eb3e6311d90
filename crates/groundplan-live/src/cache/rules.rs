//! Which routes are kept, and which rows a write makes untrue.
//!
//! Tables that foreign keys join belong together, however many steps apart: a read may show parents
//! and children, and a delete may take children with it.

use std::time::Duration;

use groundplan_model::document::Method;
use groundplan_model::schema::ForeignKey;
use groundplan_model::service::{Operation, Resource, Route, ServicePlan};

#[cfg(test)]
mod tests;

/// Steps to the row that has the owner; more are not followed.
const DEPTH: usize = 8;

/// What the cache has to know of a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// The route's number.
    pub(super) route: usize,
    /// How long its answers are kept; `None` for all but kept reads.
    pub(super) ttl: Option<Duration>,
    /// A name for the tables that belong together; `None` for a write that may reach all.
    pub(super) group: Option<String>,
    /// Whether a caller's writes change his own rows only.
    pub(super) own_rows: bool,
}

impl Rule {
    /// The rule of the route at `route`; `None` where nothing that is kept has to do with it.
    pub(crate) fn of(plan: &ServicePlan, route: usize) -> Option<Self> {
        let its = plan.routes.get(route).filter(|_| !plan.caches.is_empty())?;
        let binding = |route: usize| plan.routes.get(route)?.binding.as_ref();
        let groups = groups(plan);
        let group_of = |route: usize| groups.get(binding(route)?.resource).copied();
        let ttl = plan.caches.iter().find(|kept| kept.route == route);
        let ttl = ttl.map(|it| Duration::from_secs(it.ttl_s.into()));
        let Some(group) = group_of(route) else {
            // A write to nobody knows which rows.
            let ends_all = its.method != Method::Get;
            return ends_all.then_some(Self { route, ttl: None, group: None, own_rows: false });
        };
        let is_kept = plan.caches.iter().any(|kept| group_of(kept.route) == Some(group));
        let group = Some(name(plan, &groups, group)?);
        let own_rows = writes_own_rows(plan, its);
        is_kept.then_some(Self { route, ttl, group, own_rows })
    }

    /// The mark of a caller's rows, or of everybody's.
    pub(super) fn mark(&self, whose: Option<&str>) -> String {
        let group = self.group.as_deref().unwrap_or("-");
        match whose {
            Some(subject) => format!("{group}:own:{subject}"),
            None => format!("{group}:all"),
        }
    }
}

/// The least name of a group's tables: replicas with another version of the document know it, too.
fn name(plan: &ServicePlan, groups: &[usize], group: usize) -> Option<String> {
    let tables = plan.resources.iter().zip(groups).filter(|(_, it)| **it == group);
    tables.map(|(resource, _)| resource.table.name.to_lowercase()).min()
}

/// The marks of everything that is kept.
pub(super) fn all_marks(plan: &ServicePlan) -> Vec<String> {
    let rules = plan.caches.iter().filter_map(|kept| Rule::of(plan, kept.route));
    let mut marks: Vec<String> = rules.map(|rule| rule.mark(None)).collect();
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// Whether nobody but the caller sees what the route changes.
fn writes_own_rows(plan: &ServicePlan, route: &Route) -> bool {
    let resource = route.binding.as_ref().and_then(|it| plan.resources.get(it.resource));
    let Some(resource) = resource.filter(|it| is_own(plan, it, DEPTH)) else { return false };
    // What else a route may do reaches further than the rows that it is bound to.
    let is_plain = matches!(
        route.operation,
        Operation::Create
            | Operation::Replace
            | Operation::Update
            | Operation::PutSingleton
            | Operation::Transition(_)
            | Operation::Delete
    );
    if !is_plain {
        return false;
    }
    let refers = |it: &&Resource| it.table.foreign_keys.iter().any(|key| is_of(key, resource));
    // A delete changes the rows that refer to the deleted one.
    route.operation != Operation::Delete
        || plan.resources.iter().filter(refers).all(|it| is_own(plan, it, DEPTH))
}

/// Whether each row of `resource` is seen by one caller only: by its owner, or by the owner of a row
/// that it must refer to.
fn is_own(plan: &ServicePlan, resource: &Resource, depth: usize) -> bool {
    if resource.scoped && resource.owner.is_some() {
        return true;
    }
    let must = |key: &ForeignKey| {
        let columns = &resource.table.columns;
        let named = |name: &String| columns.iter().find(|it| it.name.eq_ignore_ascii_case(name));
        key.columns.iter().all(|name| named(name).is_some_and(|it| it.not_null))
    };
    let parent = |key: &ForeignKey| plan.resources.iter().find(|it| is_of(key, it));
    let Some(depth) = depth.checked_sub(1) else { return false };
    let mut keys = resource.table.foreign_keys.iter().filter(|key| must(key));
    keys.any(|key| parent(key).is_some_and(|it| is_own(plan, it, depth)))
}

fn is_of(key: &ForeignKey, resource: &Resource) -> bool {
    key.table.eq_ignore_ascii_case(&resource.table.name)
}

/// For each resource the number of its group: the least number in it.
fn groups(plan: &ServicePlan) -> Vec<usize> {
    let mut groups: Vec<usize> = (0..plan.resources.len()).collect();
    let joined = |one: &Resource, other: &Resource| {
        let refers =
            |it: &Resource, to: &Resource| it.table.foreign_keys.iter().any(|key| is_of(key, to));
        refers(one, other) || refers(other, one)
    };
    for (at, one) in plan.resources.iter().enumerate() {
        for (other_at, other) in plan.resources.iter().enumerate().take(at) {
            let (Some(from), Some(to)) = (groups.get(at), groups.get(other_at)) else { continue };
            if from != to && joined(one, other) {
                let (least, most) = (*from.min(to), *from.max(to));
                groups.iter_mut().filter(|it| **it == most).for_each(|it| *it = least);
            }
        }
    }
    groups
}

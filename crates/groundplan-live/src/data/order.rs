//! Tables in an order in which their rows can be made.

use groundplan_model::service::{Resource, ServicePlan};

/// The resources' numbers, what a table refers to before the table itself. Where tables refer to one
/// another in a circle, the document's order stays.
pub(super) fn parents_first(plan: &ServicePlan) -> Vec<usize> {
    let count = plan.resources.len();
    let mut order: Vec<usize> = Vec::with_capacity(count);
    while order.len() < count {
        let left = || (0..count).filter(|at| !order.contains(at));
        let is_next = |at: &usize| {
            let resource = plan.resources.get(*at);
            resource.is_none_or(|it| parents(plan, it, *at).iter().all(|it| order.contains(it)))
        };
        let Some(next) = left().find(is_next).or_else(|| left().next()) else { break };
        order.push(next);
    }
    order
}

/// The other tables that a resource's rows refer to.
fn parents(plan: &ServicePlan, resource: &Resource, own: usize) -> Vec<usize> {
    let keys = resource.table.foreign_keys.iter();
    let referred = keys.filter_map(|key| {
        plan.resources.iter().position(|it| it.table.name.eq_ignore_ascii_case(&key.table))
    });
    referred.filter(|at| *at != own).collect()
}

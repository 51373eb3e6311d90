//! The service's plan: every index in it holds, and its readers can read it.

use groundplan_model::case::{Cases, Seed};
use groundplan_model::service::{Key, Operation, Resource, Route};
use groundplan_model::{Document, ServicePlan, plan};
use groundplan_syntax::Source;

use crate::lies_in;
use crate::places::spans;

/// The plan of `document`, where there is one, and all that is made from it.
pub fn plan_holds(document: &Document) {
    let Some(plan) = plan(document) else { return };
    let facts = ServicePlan { source: Source::new("", ""), ..plan.clone() };
    spans(&facts).into_iter().for_each(|span| lies_in(&plan.source, span, "the plan"));
    plan.resources.iter().for_each(resource_holds);
    plan.routes.iter().for_each(|route| route_holds(&plan, route));
    for quota in &plan.quotas {
        assert!(quota.resource < plan.resources.len(), "a quota's resource");
    }
    readers_hold(&plan);
}

fn resource_holds(resource: &Resource) {
    let name = &resource.table.name;
    let count = resource.table.columns.len();
    assert_eq!(resource.fields.len(), count, "{name}: one field a column");
    assert!(resource.owner.is_none_or(|it| it < count), "{name}: the owner's column");
}

fn route_holds(plan: &ServicePlan, route: &Route) {
    let path = route.path_text();
    let needs_no_table = matches!(route.operation, Operation::Underived(_) | Operation::Builtin(_));
    assert_eq!(route.binding.is_none(), needs_no_table, "{path}: bound, or not derived");
    assert!((100..600).contains(&route.success), "{path}: {}", route.success);
    let Some(binding) = &route.binding else { return };
    let resource = resource(plan, binding.resource);
    binding.key.iter().for_each(|it| key_holds(resource, it));
    if let Operation::Transition(transition) = &route.operation {
        assert!(resource.column(transition.column).is_some(), "{path}: the state's column");
    }
    query_holds(resource, route);
    if let Some(parent) = &binding.parent {
        key_holds(self::resource(plan, parent.resource), &parent.key);
        assert!(resource.column(parent.foreign_key).is_some(), "{path}: the foreign key");
    }
}

fn query_holds(resource: &Resource, route: &Route) {
    let query = &route.query;
    let mut names = query.names();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count, "{}: one use a parameter", route.path_text());
    let filters = query.filters.iter().map(|it| it.column);
    let searched = query.search.iter().flat_map(|it| it.columns.iter().copied());
    let sorted = query.sort.iter().flat_map(|it| it.keys.iter().map(|(_, column)| *column));
    for column in filters.chain(searched).chain(sorted) {
        assert!(resource.column(column).is_some(), "{}: the query's column", route.path_text());
    }
    if let Some(paging) = &query.paging {
        assert!((1..=paging.max).contains(&paging.default), "{}: a page", route.path_text());
    }
}

fn resource(plan: &ServicePlan, index: usize) -> &Resource {
    plan.resources.get(index).unwrap_or_else(|| panic!("there is no resource {index}"))
}

fn key_holds(resource: &Resource, key: &Key) {
    assert!(resource.column(key.column).is_some(), "the column of {}", key.parameter);
}

/// What reads a plan must not fail on one.
fn readers_hold(plan: &ServicePlan) {
    let description = groundplan_build::openapi(plan);
    assert!(description.pointer("/paths").is_some_and(|it| it.is_object()), "no paths");
    groundplan_build::sqlite_schema(plan);
    let cases = Cases::of(plan, &Seed { number: 1, tag: "a".to_owned() });
    for row in cases.cases.iter().flat_map(|it| &it.rows) {
        assert!(*row < cases.rows.len(), "there is no row {row}");
    }
    for route in &plan.routes {
        for refusal in plan.refusals(route) {
            assert!((400..600).contains(&plan.refusal_status(route, refusal)));
        }
    }
}

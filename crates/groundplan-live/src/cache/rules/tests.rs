//! Which routes have to do with the cache.

use std::time::Duration;

use groundplan_model::document::Method;
use groundplan_model::service::{Binding, Operation, RouteCache, ServicePlan};
use groundplan_syntax::Span;

use super::Rule;
use crate::fixture;

/// Shelves and books, which belong together, and things that stand alone; shelves' list is kept.
fn plan() -> ServicePlan {
    let mut plan = fixture::shelves_and_books();
    plan.resources.push(fixture::every_type());
    let route = |method, path, operation, resource| {
        let binding = Some(Binding { resource, key: None, parent: None, value: None });
        groundplan_model::service::Route { operation, binding, ..fixture::route(method, path) }
    };
    plan.routes = vec![
        route(Method::Get, "/shelves", Operation::List, 0),
        route(Method::Post, "/shelves", Operation::Create, 0),
        route(Method::Post, "/books", Operation::Create, 1),
        route(Method::Post, "/things", Operation::Create, 2),
        fixture::route(Method::Get, "/nothing"),
    ];
    plan.caches = vec![RouteCache { route: 0, ttl_s: 60, span: Span::default() }];
    plan
}

#[test]
fn a_kept_read_has_a_time_and_writes_beside_it_have_none() {
    let plan = plan();
    let rule = |route| Rule::of(&plan, route);
    assert_eq!(rule(0).and_then(|it| it.ttl), Some(Duration::from_secs(60)));
    assert_eq!(rule(1).map(|it| it.ttl), Some(None));
    assert_eq!(rule(2).map(|it| it.mark(None)), rule(0).map(|it| it.mark(None)));
    assert_eq!((rule(3), rule(4)), (None, None));
}

#[test]
fn rows_with_an_owner_are_the_callers_own_and_so_are_rows_that_must_belong_to_one() {
    let mut plan = plan();
    let own = |plan: &ServicePlan, route| Rule::of(plan, route).map(|it| it.own_rows);
    assert_eq!((own(&plan, 1), own(&plan, 2)), (Some(true), Some(true)));
    plan.resources[1].table.columns[1].not_null = false;
    assert_eq!((own(&plan, 1), own(&plan, 2)), (Some(true), Some(false)));
}

#[test]
fn a_delete_concerns_everybody_who_sees_what_refers_to_it() {
    let mut plan = plan();
    plan.routes[1].operation = Operation::Delete;
    let own = |plan: &ServicePlan| Rule::of(plan, 1).map(|it| it.own_rows);
    assert_eq!(own(&plan), Some(true));
    plan.resources[1].table.columns[1].not_null = false;
    assert_eq!(own(&plan), Some(false));
}

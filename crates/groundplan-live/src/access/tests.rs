//! Who is let in.

use groundplan_model::document::Method;
use groundplan_model::service::{Access, Refusal, Who};

use super::Gate;
use crate::caller::Caller;
use crate::fixture::{plan, route};

fn gate(who: Who, sees_all: &[&str]) -> Gate {
    let sees_all = sees_all.iter().map(|it| (*it).to_owned()).collect();
    let mut route = route(Method::Get, "/things");
    route.access = Access { who, sees_all, span: None };
    Gate::new(&plan(Vec::new()), &route)
}

fn caller(roles: &[&str]) -> Caller {
    let roles: Vec<String> = roles.iter().map(|it| (*it).to_owned()).collect();
    Caller { roles: roles.into(), ..Caller::named("ann") }
}

#[test]
fn one_of_the_roles_is_enough_however_it_is_spelled() {
    let gate = gate(Who::Roles(vec!["admin".to_owned(), "org_owner".to_owned()]), &[]);
    assert!(gate.admit(&caller(&["Admin"])).is_ok());
    assert!(gate.admit(&caller(&["reader", "org-owner"])).is_ok());
    let refused = gate.admit(&caller(&["reader"])).expect_err("another role");
    assert_eq!(refused.refusal, Refusal::Forbidden);
    assert!(gate.admit(&caller(&[])).is_err());
}

#[test]
fn a_role_that_sees_all_is_told_apart() {
    let gate = gate(Who::AnyCaller, &["admin"]);
    assert!(gate.admit(&caller(&[])).is_ok());
    assert!(gate.reaches_all(&caller(&["admin"])));
    assert!(!gate.reaches_all(&caller(&["editor"])));
}

//! Same and other endpoints.

use groundplan_model::document::Method;

use super::RouteKey;

fn same(one: &str, other: &str) -> bool {
    RouteKey::new(Method::Get, one).is_same(&RouteKey::new(Method::Get, other))
}

#[test]
fn names_of_parameters_and_the_base_path_do_not_matter() {
    assert!(same("/api/v1/orders/{id}", "/orders/:orderId"));
    assert!(same("/orders/", "/orders"));
}

#[test]
fn a_child_collection_is_not_the_collection() {
    assert!(!same("/users/{id}/orders", "/orders"));
    assert!(!same("/orders/{id}", "/orders"));
}

#[test]
fn the_method_matters() {
    let one = RouteKey::new(Method::Get, "/orders");
    assert!(!one.is_same(&RouteKey::new(Method::Post, "/orders")));
}

//! Endpoints, routes and operations.

use super::*;

const BUILT: &str = "Implemented";

#[test]
fn endpoints_that_the_code_has_are_silent_whatever_their_parameters_are_called() {
    let text = design(BUILT, &["GET /orders", "PUT /orders/{id}"]);
    let code = app(&["GET /orders", "PUT /orders/{order_id}", "GET /health"]);
    check(&[("a.md", &text)], &[("app.py", &code)], &[]);
    let drift = drift_of(&[("a.md", &text)], &[("app.py", &code)]);
    let tallies = drift.documents.first().map(|it| it.tallies.clone()).unwrap_or_default();
    assert_eq!(tallies, [Tally { topic: Topic::Routes, stated: 2, found: 2, unstated: 0 }]);
}

#[test]
fn what_is_built_must_be_there_and_what_is_planned_need_not() {
    let code = app(&["GET /orders", "POST /orders"]);
    let endpoints = ["GET /orders", "POST /orders", "GET /orders/{id}/history"];
    let line = "endpoint-not-in-code a.md:9 `GET /orders/{id}/history` is";
    for (status, expected) in [
        (BUILT, format!("error {line} implemented, and it is not in the code")),
        ("Approved", format!("warning {line} approved, and it is not in the code")),
        ("Draft", format!("info {line} planned and not in the code yet")),
    ] {
        let text = design(status, &endpoints);
        check(&[("a.md", &text)], &[("app.py", &code)], &[&expected]);
    }
}

#[test]
fn a_design_whose_tasks_are_done_is_built_and_one_with_open_tasks_is_not() {
    let code = app(&["GET /orders"]);
    let text = design("Approved", &["GET /orders", "GET /orders/{id}/history"]);
    let severity = |tasks: &str| {
        let list = format!("# Tasks\n\n- [x] 1.0 Build\n{tasks}");
        let texts = [("docs/001_TDD-orders.md", &*text), ("docs/001_TASKS-orders.md", &*list)];
        let found = found(&texts, &[("app.py", &code)]);
        found.first().and_then(|it| it.split(' ').next().map(str::to_owned))
    };
    assert_eq!(severity("- [x] 2.0 Show\n").as_deref(), Some("error"));
    assert_eq!(severity("- [ ] 2.0 Show\n").as_deref(), Some("info"));
}

#[test]
fn another_method_is_one_finding_and_not_two() {
    let text = design(BUILT, &["GET /orders", "PUT /orders/{id}"]);
    let code = app(&["GET /orders", "PATCH /orders/{id}"]);
    check(
        &[("a.md", &text)],
        &[("app.py", &code)],
        &["error method-differs a.md:8 `PUT /orders/{id}` answers to PATCH in the code"],
    );
}

#[test]
fn a_method_that_comes_beside_others_is_planned() {
    let text = design("Draft", &["GET /orders", "POST /orders"]);
    let code = app(&["GET /orders", "DELETE /orders"]);
    check(
        &[("a.md", &text)],
        &[("app.py", &code)],
        &[
            "info endpoint-not-in-code a.md:8 `POST /orders` is planned and not in the code yet",
            "info route-not-in-document app.py:9 `DELETE /orders` is in the code and in no document",
        ],
    );
}

#[test]
fn a_path_that_is_spelled_otherwise_shows_the_nearest() {
    let text = design(BUILT, &["GET /orders", "GET /orders/{id}/history"]);
    let code = app(&["GET /orders", "GET /orders/{id}/histories"]);
    check(
        &[("a.md", &text)],
        &[("app.py", &code)],
        &[
            "error path-differs a.md:8 `GET /orders/{id}/history` is `GET /orders/{id}/histories` in \
           the code",
        ],
    );
}

#[test]
fn two_endpoints_of_one_resource_are_not_taken_for_one_another() {
    let text = design(BUILT, &["GET /orders", "GET /orders/{id}"]);
    let code = app(&["GET /orders", "GET /orders/search"]);
    check(
        &[("a.md", &text)],
        &[("app.py", &code)],
        &[
            "error endpoint-not-in-code a.md:8 `GET /orders/{id}` is implemented, and it is not in \
             the code",
            "warning route-not-in-document app.py:9 `GET /orders/search` is in the code and in no \
             document",
        ],
    );
}

#[test]
fn one_base_path_is_told_once_and_the_rest_is_compared_behind_it() {
    let text = design(BUILT, &["GET /orders", "POST /orders", "PUT /orders/{id}"]);
    let code = app(&["GET /api/v1/orders", "POST /api/v1/orders", "PATCH /api/v1/orders/{id}"]);
    check(
        &[("a.md", &text)],
        &[("app.py", &code)],
        &[
            "info base-path-differs a.md:7 2 endpoints stand under `/api/v1` in the code",
            "error method-differs a.md:9 `PUT /orders/{id}` answers to PATCH in the code",
        ],
    );
}

#[test]
fn another_version_in_all_paths_is_more_than_a_proxy() {
    let text = design(BUILT, &["GET /api/v1/orders", "POST /api/v1/orders"]);
    let code = app(&["GET /api/v2/orders", "POST /api/v2/orders"]);
    check(
        &[("a.md", &text)],
        &[("app.py", &code)],
        &["warning base-path-differs a.md:7 2 endpoints stand under `/api/v2` in the code, not \
           under `/api/v1`"],
    );
}

#[test]
fn a_router_that_nobody_mounts_makes_no_error() {
    let text = design(BUILT, &["GET /shop/orders", "GET /shop/items"]);
    let code = "from fastapi import APIRouter\n\nrouter = APIRouter()\n\n\
                @router.get(\"/orders\")\ndef orders():\n    pass\n";
    check(
        &[("a.md", &text)],
        &[("orders.py", code)],
        &[
            "warning endpoint-not-in-code a.md:8 `GET /shop/items` is implemented, and it is not in \
           the code",
        ],
    );
}

#[test]
fn routes_of_other_resources_are_counted_only() {
    let text = design(BUILT, &["GET /orders"]);
    let code = app(&["GET /orders", "GET /users", "GET /items", "GET /carts"]);
    check(&[("a.md", &text)], &[("app.py", &code)], &[]);
    let strangers = drift_of(&[("a.md", &text)], &[("app.py", &code)]).strangers;
    assert_eq!(strangers, [(Topic::Routes, 3)]);
}

#[test]
fn a_route_that_a_document_only_names_is_known() {
    let text = design(BUILT, &["GET /orders"]) + "\nLists also come from `GET /orders/export`.\n";
    let code = app(&["GET /orders", "GET /orders/export"]);
    check(&[("a.md", &text)], &[("app.py", &code)], &[]);
}

#[test]
fn a_document_of_which_nothing_is_there_is_one_finding() {
    let text = design(BUILT, &["GET /orders", "POST /orders", "GET /items"]);
    let code = app(&["GET /users"]);
    check(
        &[("a.md", &text)],
        &[("app.py", &code)],
        &[
            "error endpoint-not-in-code a.md:7 none of the 3 endpoints of the document is in the code",
        ],
    );
}

#[test]
fn templates_and_superseded_documents_state_nothing() {
    let text = design("Superseded", &["GET /orders"]);
    let code = app(&["GET /users"]);
    check(&[("a.md", &text)], &[("app.py", &code)], &[]);
}

const CONTRACT: &str = "openapi: 3.0.0\npaths:\n  /orders:\n    get:\n      responses:\n        \
    '200': {description: all}\n  /orders/{id}:\n    patch:\n      responses:\n        \
    '200': {description: one}\n        '404': {description: none}\n";

#[test]
fn a_contract_with_another_method_is_told_whatever_the_status() {
    let text = design("Draft", &["GET /orders", "PUT /orders/{id}"]);
    check(
        &[("a.md", &text)],
        &[("openapi.yaml", CONTRACT)],
        &["warning contract-method-differs a.md:8 `PUT /orders/{id}` answers to PATCH in \
           `openapi.yaml`"],
    );
}

#[test]
fn a_contract_without_a_stated_status_is_told() {
    let text = "# Design\n\n### PATCH /orders/{id}\n\n| Status | Meaning |\n|---|---|\n\
                | 404 | unknown |\n| 409 | changed meanwhile |\n";
    check(
        &[("a.md", text)],
        &[("openapi.yaml", CONTRACT)],
        &[
            "warning contract-status-differs a.md:8 `PATCH /orders/{id}` answers 409, and \
             `openapi.yaml` does not say so",
            "info operation-not-in-document openapi.yaml:4 `GET /orders` is in `openapi.yaml` and in \
             no document",
        ],
    );
}

#[test]
fn a_contract_of_another_service_is_left_alone() {
    let text = design("Draft", &["GET /users", "POST /users", "GET /users/{id}"]);
    check(&[("a.md", &text)], &[("openapi.yaml", CONTRACT)], &[]);
}

#[test]
fn code_without_any_route_is_told_once_and_never_an_error() {
    let text = design(BUILT, &["GET /users", "POST /users"]);
    check(
        &[("a.md", &text)],
        &[("app.py", "import os\n")],
        &[
            "info endpoint-not-in-code a.md:7 no route was found in the code, and the document states \
           2",
        ],
    );
}

#[test]
fn a_second_service_with_the_same_route_is_not_told_beside_the_first() {
    let text = design(BUILT, &["GET /orders", "PUT /orders/{id}"]);
    let code = app(&["GET /orders", "PATCH /orders/{id}"]);
    check(
        &[("a.md", &text)],
        &[("one/app.py", &code), ("two/app.py", &code)],
        &["error method-differs a.md:8 `PUT /orders/{id}` answers to PATCH in the code"],
    );
}

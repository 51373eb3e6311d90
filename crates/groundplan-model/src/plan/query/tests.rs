//! Declared parameters and what they stand for.

use groundplan_syntax::{Source, parse};

use crate::lower;
use crate::plan::plan;
use crate::service::{PageForm, Query, ServicePlan, Test};

const TABLES: &str = "
```sql
CREATE TABLE customers (id BIGSERIAL PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE orders (
    id BIGSERIAL PRIMARY KEY,
    customer_id BIGINT NOT NULL REFERENCES customers(id),
    status TEXT NOT NULL CHECK (status IN ('open', 'closed')),
    note TEXT,
    price NUMERIC(10, 2) NOT NULL,
    secret TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
```
";

fn planned(rows: &str) -> ServicePlan {
    let text = format!(
        "# Orders\n{TABLES}\n| Method | Path | Purpose | Request | Response |\n|---|---|---|---|---|\n{rows}\n"
    );
    let source = Source::new("design.md", &text);
    plan(&lower(&source, &parse(&source))).expect("the document states endpoints")
}

fn query(request: &str) -> Query {
    let plan = planned(&format!("| GET | /orders | list | {request} | 200: Order[] |"));
    plan.routes[0].query.clone()
}

fn tests(query: &Query) -> Vec<(&str, usize, Test)> {
    query.filters.iter().map(|it| (it.parameter.as_str(), it.column, it.test)).collect()
}

#[test]
fn declared_parameters_are_bound_by_column_then_by_ending() {
    let query = query("`?status&price_min&min_price&created_after&ids&customer&has_note`");
    let expected = [
        ("status", 2, Test::Equal),
        ("price_min", 4, Test::AtLeast),
        ("min_price", 4, Test::AtLeast),
        ("created_after", 6, Test::MoreThan),
        ("ids", 0, Test::In),
        ("customer", 1, Test::Equal),
        ("has_note", 3, Test::IsSet),
    ];
    assert_eq!(tests(&query), expected);
    assert!(!query.open);
}

#[test]
fn a_list_that_names_parameters_has_no_others() {
    let query = query("Query: status, sort");
    assert_eq!(query.names(), ["limit", "cursor", "sort", "status"]);
}

#[test]
fn query_params_without_a_list_open_every_column_but_secrets() {
    let query = query("Query params");
    assert!(query.open);
    let names = query.names();
    for name in ["id", "price[gte]", "note[like]", "note[null]", "status[in]", "sort"] {
        assert!(names.contains(&name), "{name} of {names:?}");
    }
    assert!(names.iter().all(|name| !name.starts_with("secret")));
    assert!(!names.contains(&"price[null]"), "price is never null");
}

#[test]
fn a_list_of_which_nothing_is_said_has_pages_only() {
    assert_eq!(query("-").names(), ["limit", "cursor"]);
}

#[test]
fn a_query_string_in_the_path_declares() {
    let plan = planned("| GET | /orders?q=&page=1&per_page=50 | list | - | - |");
    let query = &plan.routes[0].query;
    let paging = query.paging.as_ref().expect("pages");
    assert_eq!(paging.form, PageForm::Page("page".to_owned()));
    assert_eq!(paging.limit, "per_page");
    assert_eq!(query.search.as_ref().map(|it| it.columns.clone()), Some(vec![3]));
    assert!(plan.notes.iter().any(|it| it.message == "`q` looks through `note`"));
}

#[test]
fn sort_and_order_belong_together() {
    let both = query("`?sort_by&order`");
    let sort = both.sort.expect("an order");
    assert_eq!((sort.parameter.as_str(), sort.direction.as_deref()), ("sort_by", Some("order")));
    assert_eq!(query("`?order`").sort.map(|it| it.parameter), Some("order".to_owned()));
}

#[test]
fn rows_that_a_foreign_key_names_can_be_included() {
    let include = query("`?include`").include.expect("rows to include");
    assert_eq!(include.rows.len(), 1);
    assert_eq!((include.rows[0].name.as_str(), include.rows[0].column), ("customer", 1));
}

#[test]
fn a_parameter_that_names_nothing_is_taken_and_told() {
    let plan = planned("| GET | /orders | list | `?colour` | - |");
    assert_eq!(plan.routes[0].query.idle, ["colour"]);
    assert!(plan.notes.iter().any(|it| it.message.starts_with("`colour` names nothing")));
}

#[test]
fn secrets_are_neither_filtered_nor_searched() {
    let plan = planned("| GET | /orders | list | `?secret&q` | - |");
    let query = &plan.routes[0].query;
    assert!(query.filters.is_empty());
    assert_eq!(query.idle, ["secret"]);
    assert_eq!(query.search.as_ref().map(|it| it.columns.clone()), Some(vec![3]));
}

#[test]
fn the_size_of_pages_is_the_documents() {
    let query = query("Query: `limit` (default 50, max 200), `status`");
    let paging = query.paging.expect("pages");
    assert_eq!((paging.default, paging.max), (50, 200));
    assert_eq!(query.filters.len(), 1);
}

fn search(request: &str) -> Query {
    let plan = planned(&format!("| POST | /orders/search | find | {request} | 200: Order[] |"));
    assert_eq!(plan.routes[0].operation, crate::service::Operation::Search);
    assert_eq!(plan.routes[0].success, 200);
    plan.routes[0].query.clone()
}

#[test]
fn members_of_a_search_are_bound_by_their_paths() {
    let query = search(
        "`{query, filters: {status, price: {min}, created: {from}}, page: {size, number}, sort}`",
    );
    let expected = [
        ("filters.status", 2, Test::Equal),
        ("filters.price.min", 4, Test::AtLeast),
        ("filters.created.from", 6, Test::AtLeast),
    ];
    assert_eq!(tests(&query), expected);
    let paging = query.paging.as_ref().expect("pages");
    assert_eq!(paging.form, PageForm::Page("page.number".to_owned()));
    assert_eq!(paging.limit, "page.size");
    assert_eq!(query.search.as_ref().map(|it| it.parameter.as_str()), Some("query"));
    assert_eq!(query.sort.as_ref().map(|it| it.parameter.as_str()), Some("sort"));
    assert_eq!(query.idle, Vec::<String>::new());
}

#[test]
fn a_search_of_which_no_member_is_shown_may_ask_for_every_column() {
    let query = search("JSON");
    assert!(query.open);
    let names = query.names();
    for name in ["status", "price[gte]", "sort", "query", "limit"] {
        assert!(names.contains(&name), "{name} of {names:?}");
    }
}

const MARKED: &str = "
```sql
CREATE TABLE notes (id BIGSERIAL PRIMARY KEY, body TEXT NOT NULL, deleted_at TIMESTAMPTZ);
```

| Method | Path | Purpose | Access | Request |
|---|---|---|---|---|
| GET | /notes | list | any | `?include_deleted` |
| DELETE | /notes/{id} | remove | ROLE | - |
";

#[test]
fn deleted_rows_are_for_administrators_who_ask_for_them() {
    for (access, role) in [("support_admin", "support_admin"), ("any", "admin")] {
        let text = format!("# Notes\n\nRequests carry a bearer token (JWT).\n{MARKED}");
        let source = Source::new("design.md", &text.replace("ROLE", access));
        let plan = plan(&lower(&source, &parse(&source))).expect("the document states endpoints");
        let deleted = plan.routes[0].query.deleted.as_ref().expect("a parameter for deleted rows");
        assert_eq!(deleted.parameter, "include_deleted");
        assert_eq!(deleted.roles, [role]);
        assert!(plan.refusals(&plan.routes[0]).contains(&crate::service::Refusal::Forbidden));
    }
}

//! Who may use which endpoint.

use groundplan_syntax::{Source, parse};

use super::cell::access;
use crate::lower;
use crate::plan::plan;
use crate::service::{Role, Scheme, ServicePlan, Who};

const SQL: &str = "```sql\nCREATE TABLE orders (\n  id UUID PRIMARY KEY,\n  tenant_id UUID NOT NULL,\n  \
    user_id TEXT NOT NULL,\n  status TEXT NOT NULL CHECK (status IN ('open', 'refunded'))\n);\n\
    CREATE TABLE order_items (\n  id UUID PRIMARY KEY,\n  order_id UUID NOT NULL REFERENCES orders(id)\n);\n```\n";

const ROUTES: &str = "\n| Method | Path |\n|---|---|\n| GET | /api/orders |\n| POST | /api/orders |\n\
    | DELETE | /api/orders/{id} |\n| POST | /api/orders/{id}/refund |\n\
    | DELETE | /api/orders/{id}/items/{item_id} |\n";

fn planned(security: &str) -> ServicePlan {
    let text = format!("# Orders\n\n{SQL}{ROUTES}\n## Security\n\n{security}\n");
    let source = Source::new("design.md", &text);
    plan(&lower(&source, &parse(&source))).expect("the document states endpoints")
}

/// Who may, an endpoint a word: `*` for everybody, `+` for every caller, else the roles.
fn who(plan: &ServicePlan) -> Vec<String> {
    let word = |who: &Who| match who {
        Who::Anybody => "*".to_owned(),
        Who::AnyCaller => "+".to_owned(),
        Who::Roles(roles) => roles.join(" "),
    };
    plan.routes.iter().map(|route| word(&route.access.who)).collect()
}

#[test]
fn a_sentence_is_about_what_it_names() {
    let plan =
        planned("Requests need a bearer JWT: it is required. Only admins may delete orders.");
    assert_eq!(who(&plan), ["+", "+", "admin", "+", "+"]);
    let plan = planned("A bearer JWT is required. Only managers may delete order items.");
    assert_eq!(who(&plan), ["+", "+", "+", "+", "manager"]);
    let plan = planned("A bearer JWT is required. Refunding an order requires the `clerk` role.");
    assert_eq!(who(&plan), ["+", "+", "+", "clerk", "+"]);
    let plan = planned("A bearer JWT is required. `GET /orders` is public.");
    assert_eq!(who(&plan), ["*", "+", "+", "+", "+"]);
}

#[test]
fn the_closest_statement_counts() {
    let plan = planned(
        "A bearer JWT is required. Only admins may delete. `DELETE /orders/{id}` is limited to \
         the owner and managers.",
    );
    assert_eq!(who(&plan), ["+", "+", "+", "+", "admin"]);
    assert_eq!(plan.routes[2].access.sees_all, ["manager"]);
    assert!(plan.resources[0].scoped);
}

#[test]
fn a_role_that_sees_all_does_so_where_rows_have_owners() {
    let plan = planned(
        "A bearer JWT is required. Users see their own orders only. Auditors may read all orders.",
    );
    assert_eq!(plan.routes[0].access.sees_all, ["auditor"]);
}

#[test]
fn nobody_is_asked_where_nothing_says_so() {
    let plan = planned("Everything runs behind a firewall.");
    assert_eq!(plan.auth, None);
    assert_eq!(plan.resources[0].tenant, None);
    assert!(plan.refusals(&plan.routes[0]).iter().all(|it| it.code() != "unauthenticated"));
}

#[test]
fn a_tenant_comes_from_the_token() {
    let plan = planned("A bearer JWT is required.");
    assert_eq!(plan.resources[0].tenant, Some(1));
    assert_eq!(plan.resources[0].fields[1].role, Role::Tenant);
    assert!(plan.refusals(&plan.routes[0]).iter().any(|it| it.code() == "forbidden"));
}

#[test]
fn an_api_key_is_a_scheme_of_its_own() {
    let plan = planned("Every request must carry an API key in `X-API-Key`.");
    let schemes = plan.auth.map(|it| it.schemes);
    assert_eq!(schemes, Some(vec![Scheme::ApiKey("X-API-Key".to_owned())]));
}

#[test]
fn a_cell_says_who_may_in_many_spellings() {
    let roles = |text: &str| match access(text).map(|it| it.who) {
        Some(Who::Roles(roles)) => roles.join(" "),
        Some(Who::AnyCaller) => "+".to_owned(),
        Some(Who::Anybody) => "*".to_owned(),
        None => "?".to_owned(),
    };
    for (text, expected) in [
        ("-", "*"),
        ("Public", "*"),
        ("Required", "+"),
        ("Bearer", "+"),
        ("any", "+"),
        ("`admin`", "admin"),
        ("Admins only", "admin"),
        ("agent, admin", "agent admin"),
        ("Bearer (admin)", "admin"),
        ("orders:write", "orders:write"),
        ("Owner or Admin", "+"),
        ("see the section below for that", "?"),
    ] {
        assert_eq!(roles(text), expected, "{text}");
    }
    assert_eq!(access("Owner or Admin").map(|it| it.sees_all), Some(vec!["admin".to_owned()]));
}

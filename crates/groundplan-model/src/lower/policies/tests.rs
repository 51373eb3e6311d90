//! Sentences and tables that say who may do what.

use groundplan_syntax::{Source, parse};

use crate::document::{Grant, PolicyKind};
use crate::lower;

fn kinds(body: &str) -> Vec<PolicyKind> {
    let source = Source::new("design.md", &format!("# T\n\n## Security\n\n{body}\n"));
    let document = lower(&source, &parse(&source));
    document.policies.into_iter().map(|it| it.kind).collect()
}

fn grant(action: &str, roles: &[&str], own: &[&str]) -> PolicyKind {
    let all = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
    PolicyKind::Grant(Grant { action: action.to_owned(), roles: all(roles), own: all(own) })
}

#[test]
fn only_some_roles_may() {
    assert_eq!(
        kinds("Only admins and the `editor` role may delete products."),
        [grant("delete products", &["admin", "editor"], &[])]
    );
    assert_eq!(
        kinds("Refunding an order requires the `billing_clerk` role."),
        [grant("refunding an order", &["billing_clerk"], &[])]
    );
    assert_eq!(
        kinds("Products can only be archived by managers."),
        [grant("products can only be archived", &["manager"], &[])]
    );
    assert_eq!(
        kinds("Only the owner or an admin may cancel an order."),
        [grant("cancel an order", &["admin"], &["owner"])]
    );
}

#[test]
fn sentences_about_states_and_things_grant_nothing() {
    assert_eq!(kinds("Only queued exports can be cancelled."), []);
    assert_eq!(kinds("Only active products may have a price."), []);
    assert_eq!(kinds("The gateway requires the same header."), []);
}

#[test]
fn some_roles_see_all() {
    let roles = vec!["auditor".to_owned()];
    assert_eq!(
        kinds("Callers with the role `auditor` may read every order."),
        [PolicyKind::SeesAll { roles }]
    );
}

#[test]
fn public_endpoints_are_named_or_excepted() {
    let public = |action: &str| PolicyKind::Public { action: action.to_owned() };
    assert_eq!(kinds("`GET /products` is public."), [public("get /products")]);
    assert_eq!(
        kinds("Every endpoint except `POST /auth/login` requires a bearer token."),
        [PolicyKind::BearerToken, public("post /auth/login")]
    );
}

#[test]
fn keys_claims_and_tenants_are_read() {
    assert_eq!(
        kinds("Every request carries an API key in the header `X-Service-Key`."),
        [PolicyKind::ApiKey { header: "X-Service-Key".to_owned() }]
    );
    assert_eq!(
        kinds("Tokens must name the audience `orders-api`."),
        [PolicyKind::Claim { name: "aud", value: "orders-api".to_owned() }]
    );
    assert_eq!(
        kinds("The `tenant_id` claim scopes every query to one tenant only."),
        [PolicyKind::OwnTenant]
    );
}

#[test]
fn a_matrix_grants_row_by_row() {
    let matrix = "| Action | Viewer | Editor | Admin |\n|---|---|---|---|\n\
        | List products | yes | yes | yes |\n| Edit products | no | own | ✓ |\n\
        | `DELETE /products/{id}` | - | - | ✅ |";
    let expected = [
        grant("edit products", &["admin"], &["editor"]),
        grant("delete /products/{id}", &["admin"], &[]),
    ];
    assert_eq!(kinds(matrix), expected);
    let turned =
        "| Role | Read | Delete |\n|---|---|---|\n| admins | yes | yes |\n| members | yes | no |";
    assert_eq!(kinds(turned), [grant("delete", &["admin"], &[])]);
}

#[test]
fn a_column_of_endpoint_rows_says_who_may() {
    let source = Source::new(
        "design.md",
        "# T\n\n| Method | Path | Auth |\n|---|---|---|\n| GET | /a | - |\n| GET | /b | admin |\n",
    );
    let document = lower(&source, &parse(&source));
    let cells = document.endpoints.iter().map(|it| it.access.as_ref().map(|it| it.text.as_str()));
    assert_eq!(cells.collect::<Vec<_>>(), [Some("-"), Some("admin")]);
}

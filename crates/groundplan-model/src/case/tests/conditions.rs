//! Conditions on the state of rows, and constraints that only some requests can break.

use super::{asked, case, cases, refused};

const ORDERS: &str = "\
# Orders

```sql
CREATE TABLE users (
    id UUID PRIMARY KEY,
    name VARCHAR(20) NOT NULL
);
CREATE TABLE orders (
    id UUID PRIMARY KEY,
    number VARCHAR(20) NOT NULL UNIQUE,
    note VARCHAR(40),
    clerk_id UUID REFERENCES users(id) ON DELETE RESTRICT,
    status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'confirmed', 'shipped'))
);
CREATE TABLE order_items (
    id UUID PRIMARY KEY,
    order_id UUID NOT NULL REFERENCES orders(id),
    amount INTEGER NOT NULL
);
```

| Method | Endpoint | Request | Response | Errors |
|--------|----------|---------|----------|--------|
| POST | /users | User object | 201: User | 422 |
| DELETE | /users/{id} | - | 204 | 409 |
| POST | /orders | Order object | 201: Order | 422 |
| PATCH | /orders/bulk | Order[] | 200: {updated} | 409 |
| GET | /orders/{id} | - | 200: Order | 404 |
| POST | /orders/{id}/confirm | - | 200: Order | 409, 423 |
| POST | /orders/{id}/ship | - | 200: Order | 409 |
| POST | /orders/{id}/items | Item object | 201: Item | 422 |
| DELETE | /orders/{id}/items/{item_id} | - | 204 | 409 |

```rule POST /orders/{id}/confirm
require row.status in [\"draft\"] else 409
require count(order_items) > 0 else 423
set status = \"confirmed\"
```

```rule POST /orders/{id}/ship
require count(order_items) > 0 else 409
require row.status = \"confirmed\" else 409
set status = \"shipped\"
```

```rule DELETE /orders/{id}/items/{item_id}
require order.status = \"draft\" else 409
```
";

#[test]
fn a_rule_is_broken_by_every_state_that_it_does_not_take() {
    let (plan, cases) = cases(ORDERS);
    let conflicts = refused(&plan, &cases, 409);
    let of = |endpoint: &str| -> Vec<&str> {
        let told = conflicts.iter().filter_map(|it| it.strip_prefix(endpoint)?.strip_prefix(", "));
        told.collect()
    };
    let taken = "on a row that is `confirmed`";
    assert_eq!(of("POST /orders/{id}/confirm"), [taken, "on a row that is `shipped`"]);
    let early = ["on a row that is `draft`", "on a row that is `shipped`"];
    assert_eq!(of("POST /orders/{id}/ship"), early, "both conditions have one status");
    assert_eq!(of("DELETE /orders/{id}/items/{item_id}"), ["below a row that is `confirmed`"]);
}

#[test]
fn a_parent_is_brought_to_its_state_after_the_child_was_made() {
    let (plan, cases) = cases(ORDERS);
    let name = "below a row that is `confirmed`";
    let asked = asked(&plan, case(&cases, "DELETE /orders/{id}/items/{item_id}", name));
    let confirmed = asked.iter().position(|it| it == "POST /orders/{id}/confirm");
    let added = asked.iter().position(|it| it == "POST /orders/{id}/items");
    assert!(added < confirmed && confirmed.is_some(), "{asked:?}");
    assert_eq!(asked.last().map(String::as_str), Some("DELETE /orders/{id}/items/{item_id}"));
}

#[test]
fn a_missing_row_is_refused_with_the_status_of_its_own_condition() {
    let (plan, cases) = cases(ORDERS);
    let wanted = ["POST /orders/{id}/confirm, without the rows that its rule asks for"];
    assert_eq!(refused(&plan, &cases, 423), wanted);
}

#[test]
fn a_row_is_held_by_one_with_all_its_members_where_that_alone_names_it() {
    let (plan, cases) = cases(ORDERS);
    let held = case(&cases, "DELETE /users/{id}", "while a row of `orders` refers to it");
    let asked = asked(&plan, held);
    assert_eq!(asked.iter().filter(|it| *it == "POST /users").count(), 1, "{asked:?}");
    assert_eq!(asked.last().map(String::as_str), Some("DELETE /users/{id}"), "{asked:?}");
}

#[test]
fn one_row_of_many_may_have_the_value_of_another() {
    let (plan, cases) = cases(ORDERS);
    let told = refused(&plan, &cases, 409);
    let wanted = "PATCH /orders/bulk, with the `number` of another row";
    assert!(told.contains(&wanted.to_owned()), "{told:?}");
}

#[test]
fn names_that_differ_within_a_tenant_are_told_twice_by_one_caller() {
    let (plan, cases) = cases(
        "# Tags

```sql
CREATE TABLE tags (
    id UUID PRIMARY KEY,
    tenant_id UUID NOT NULL,
    name VARCHAR(20) NOT NULL,
    UNIQUE (tenant_id, name)
);
```

| Method | Endpoint | Response | Errors |
|--------|----------|----------|--------|
| POST | /tags | 201: Tag | 409 |

## Security

Every request carries a bearer JWT. Callers see only the rows of their tenant.
",
    );
    assert_eq!(refused(&plan, &cases, 409), ["POST /tags, with the `name` of another row"]);
}

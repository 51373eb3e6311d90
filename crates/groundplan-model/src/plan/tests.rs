//! The mapping on small documents; whole documents are in the case suite.

use groundplan_syntax::{Source, parse};

use super::plan;
use crate::lower;
use crate::service::{ErrorShape, Operation, Role, ServicePlan, Slot};

const ORDERS: &str = r#"# Orders

## Security

Every request carries a bearer JWT. Callers see only their own orders.

## Data model

```sql
CREATE TABLE orders (
    id UUID PRIMARY KEY,
    owner_id TEXT NOT NULL,
    code VARCHAR(10) NOT NULL UNIQUE,
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'cancelled')),
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE TABLE order_items (
    id BIGSERIAL PRIMARY KEY,
    order_id UUID NOT NULL REFERENCES orders(id) ON DELETE CASCADE,
    quantity INT NOT NULL CHECK (quantity > 0)
);
```

## API

| Method | Endpoint | Response |
|---|---|---|
| GET | /api/v1/orders | 200: Order[] |
| POST | /api/v1/orders | 201: Order |
| GET | /api/v1/orders/{code} | 200: Order |
| POST | /api/v1/orders/:id/cancel | 202: Order |
| GET | /api/v1/orders/{id}/items | 200: Item[] |
| DELETE | /api/v1/orders/{id}/items/{item_id} | 204 |
| GET | /api/v1/orders/{id}/history | 200 |

## Errors

| Code | Meaning | Response Format |
|---|---|---|
| 400 | Bad | `{"error": "message"}` |
| 429 | Slow down | `{"error": "message", "retry_after": seconds}` |
"#;

fn planned(text: &str) -> ServicePlan {
    let source = Source::new("design.md", text);
    plan(&lower(&source, &parse(&source))).expect("the document states endpoints")
}

#[test]
fn operations_follow_from_method_and_shape() {
    let plan = planned(ORDERS);
    assert_eq!(plan.base_path, "/api/v1");
    let operations: Vec<_> = plan.routes.iter().map(|route| &route.operation).collect();
    assert_eq!(operations[0], &Operation::List);
    assert_eq!(operations[1], &Operation::Create);
    assert_eq!(operations[2], &Operation::Read);
    assert!(matches!(operations[3], Operation::Transition(it) if it.to == "cancelled"));
    assert_eq!(operations[4], &Operation::List);
    assert_eq!(operations[5], &Operation::Delete);
    assert!(matches!(operations[6], Operation::Underived(_)));
}

#[test]
fn a_unique_column_in_the_path_is_the_key() {
    let plan = planned(ORDERS);
    let binding = plan.routes[2].binding.as_ref().expect("bound");
    assert_eq!(binding.key.as_ref().map(|key| key.column), Some(2));
}

#[test]
fn a_child_is_found_by_its_parents_prefix_and_bound_by_its_foreign_key() {
    let plan = planned(ORDERS);
    let binding = plan.routes[4].binding.as_ref().expect("bound");
    assert_eq!(plan.resources[binding.resource].table.name, "order_items");
    assert_eq!(binding.parent.as_ref().map(|parent| parent.foreign_key), Some(1));
}

#[test]
fn columns_have_the_roles_that_name_and_type_tell() {
    let plan = planned(ORDERS);
    let roles: Vec<Role> = plan.resources[0].fields.iter().map(|field| field.role).collect();
    let expected = [Role::GeneratedKey, Role::Owner, Role::Plain, Role::State, Role::CreatedAt];
    assert_eq!(roles, expected);
    assert!(plan.resources[0].scoped);
}

#[test]
fn stated_statuses_outrank_the_usual_ones() {
    let plan = planned(ORDERS);
    let statuses: Vec<u16> = plan.routes.iter().map(|route| route.success).collect();
    assert_eq!(statuses, [200, 201, 200, 202, 200, 204, 200]);
}

#[test]
fn error_bodies_take_the_form_of_all_documented_ones() {
    let expected =
        vec![("error".to_owned(), Slot::Message), ("retry_after".to_owned(), Slot::RetryAfter)];
    assert_eq!(planned(ORDERS).error_shape, ErrorShape::Documented(expected));
}

#[test]
fn the_one_word_and_the_one_table_left_belong_together_by_assumption() {
    let text = "# T\n\n```sql\nCREATE TABLE example_table (id BIGSERIAL PRIMARY KEY);\n```\n\n\
        | Method | Endpoint |\n|---|---|\n| GET | /api/v1/resource |\n";
    let plan = planned(text);
    assert_eq!(plan.routes[0].operation, Operation::List);
    assert!(plan.notes.iter().any(|note| note.rule == "D3.7"));
}

#[test]
fn a_template_that_nobody_filled_in_has_no_service() {
    let source = Source::new("design.md", "- `POST /api/[resource]` - text\n");
    assert!(plan(&lower(&source, &parse(&source))).is_none());
}

//! Rows that must differ from one another.

use super::{asked, case, cases, refused};

const ORDERS: &str = "\
# Orders

```sql
CREATE TABLE products (
    id UUID PRIMARY KEY,
    name VARCHAR(20) NOT NULL
);
CREATE TABLE orders (
    id UUID PRIMARY KEY,
    note VARCHAR(20)
);
CREATE TABLE order_items (
    id UUID PRIMARY KEY,
    order_id UUID NOT NULL REFERENCES orders(id),
    product_id UUID NOT NULL REFERENCES products(id),
    UNIQUE (order_id, product_id)
);
```

| Method | Endpoint | Response |
|--------|----------|----------|
| POST | /products | 201: Product |
| POST | /orders | 201: Order |
| GET | /orders/{id}/items | 200: Item[] |
| POST | /orders/{id}/items | 201: Item |
";

#[test]
fn rows_that_differ_only_in_what_they_refer_to_refer_to_rows_of_their_own() {
    let (plan, cases) = cases(ORDERS);
    let asked = asked(&plan, case(&cases, "GET /orders/{id}/items", ""));
    let made = |endpoint: &str| asked.iter().filter(|it| *it == endpoint).count();
    assert_eq!((made("POST /orders"), made("POST /orders/{id}/items")), (1, 3), "{asked:?}");
    assert_eq!(made("POST /products"), 3, "{asked:?}");
}

fn with_index(condition: &str) -> Vec<String> {
    let text = format!(
        "# Features

```sql
CREATE TABLE features (
    id UUID PRIMARY KEY,
    name VARCHAR(20) NOT NULL,
    status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'archived')),
    removed_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX uq_features_name ON features (name){condition};
```

| Method | Endpoint | Response | Errors |
|--------|----------|----------|--------|
| POST | /features | 201: Feature | 409 |
| GET | /features/{{id}} | 200: Feature | 404 |
"
    );
    let (plan, cases) = cases(&text);
    refused(&plan, &cases, 409)
}

#[test]
fn a_unique_index_refuses_the_value_of_another_row() {
    let refused = ["POST /features, with the `name` of another row"];
    for condition in ["", " WHERE status <> 'archived'", " WHERE removed_at IS NULL"] {
        assert_eq!(with_index(condition), refused, "{condition}");
    }
}

#[test]
fn an_index_that_may_not_hold_for_a_new_row_is_not_tried() {
    for condition in [" WHERE status = 'archived'", " WHERE length(name) > 3"] {
        assert!(with_index(condition).is_empty(), "{condition}");
    }
}

#[test]
fn an_index_over_an_expression_is_not_taken_for_one_over_its_columns() {
    let text = ORDERS.replace(
        "    UNIQUE (order_id, product_id)\n);",
        "    note TEXT\n);\nCREATE UNIQUE INDEX uq ON order_items (order_id, lower(note));",
    );
    let (plan, cases) = cases(&text);
    let asked = asked(&plan, case(&cases, "GET /orders/{id}/items", ""));
    assert_eq!(asked.iter().filter(|it| *it == "POST /products").count(), 1, "{asked:?}");
}

//! The mapping on small documents; whole documents are in the case suite.

use groundplan_syntax::{Source, parse};

use super::plan;
use crate::lower;
use crate::service::{
    Assigned, Binary, Expression, NoteLevel, Operation, Role, Route, ServicePlan, Slot, Step,
};
use crate::service::{Builtin, ErrorShape};

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
    assert!(matches!(operations[6], Operation::History(_)));
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

const SHOP: &str = r#"# Shop

```sql
CREATE TABLE posts (
    id BIGSERIAL PRIMARY KEY,
    title TEXT NOT NULL,
    is_published BOOLEAN NOT NULL DEFAULT false,
    published_at TIMESTAMPTZ,
    parent_id BIGINT REFERENCES posts(id)
);
CREATE TABLE tags (id BIGSERIAL PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE post_tags (
    post_id BIGINT NOT NULL REFERENCES posts(id),
    tag_id BIGINT NOT NULL REFERENCES tags(id),
    PRIMARY KEY (post_id, tag_id)
);
CREATE TABLE orders (
    id BIGSERIAL PRIMARY KEY,
    post_id BIGINT NOT NULL REFERENCES posts(id),
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'paid')),
    total NUMERIC(10, 2) NOT NULL,
    deleted_at TIMESTAMPTZ
);
```

"#;

fn shop(rows: &[&str], rest: &str) -> ServicePlan {
    let table: String = rows.iter().map(|row| format!("| {row} |\n")).collect();
    planned(&format!("{SHOP}\n| Method | Endpoint | Response |\n|---|---|---|\n{table}\n{rest}"))
}

#[track_caller]
fn operation(row: &str) -> Operation {
    shop(&[row], "").routes[0].operation.clone()
}

#[test]
fn links_lie_in_a_junction_table() {
    let plan = shop(
        &[
            "GET | /posts/{id}/tags | 200",
            "PUT | /posts/{id}/tags/{tag_id} | 204",
            "DELETE | /posts/{id}/tags/{tag_id} | 204",
            "POST | /posts/{id}/tags | 201",
        ],
        "",
    );
    let operations: Vec<&Operation> = plan.routes.iter().map(|it| &it.operation).collect();
    let expected = [&Operation::List, &Operation::Link, &Operation::Unlink, &Operation::Create];
    assert_eq!(operations, expected);
    let table = |route: &Route| {
        let binding = route.binding.as_ref().expect("bound");
        plan.resources[binding.resource].table.name.clone()
    };
    let tables: Vec<String> = plan.routes.iter().map(table).collect();
    assert_eq!(tables, ["tags", "post_tags", "post_tags", "post_tags"]);
    let parent = plan.routes[0].binding.as_ref().and_then(|it| it.parent.clone()).expect("parent");
    assert!(parent.through.is_some());
}

#[test]
fn a_table_that_refers_to_itself_has_children_and_a_parent() {
    assert_eq!(operation("GET | /posts/{id}/children | 200"), Operation::List);
    assert_eq!(operation("GET | /posts/{id}/parent | 200"), Operation::ReadSingleton);
}

#[test]
fn what_a_row_refers_to_lies_below_it() {
    assert_eq!(operation("GET | /orders/{id}/post | 200"), Operation::ReadSingleton);
}

#[test]
fn a_column_is_a_value_of_its_own() {
    let plan = shop(&["PUT | /posts/{id}/title | 200"], "");
    assert_eq!(plan.routes[0].operation, Operation::Update);
    assert_eq!(plan.routes[0].binding.as_ref().and_then(|it| it.value), Some(1));
}

#[test]
fn a_boolean_and_a_time_mark_an_action_together() {
    let Operation::Transition(publish) = operation("POST | /posts/{id}/publish | 200") else {
        panic!("no action")
    };
    assert_eq!((publish.column, publish.to.as_str()), (2, "true"));
    assert_eq!(publish.also[0].value, Assigned::Now);
    let Operation::Transition(back) = operation("POST | /posts/{id}/unpublish | 200") else {
        panic!("no action")
    };
    assert_eq!((back.to.as_str(), back.also[0].value), ("false", Assigned::Null));
}

#[test]
fn words_group_endpoints_and_health_is_built_in() {
    assert_eq!(operation("GET | /admin/orders | 200"), Operation::List);
    let plan = shop(&["GET | /api/health | 200", "GET | /api/posts | 200"], "");
    assert_eq!(plan.routes[0].operation, Operation::Builtin(Builtin::Live));
}

#[test]
fn a_put_that_documents_201_makes_the_row() {
    assert_eq!(operation("PUT | /posts/{id} | 200, 201"), Operation::Upsert);
    assert_eq!(operation("PUT | /posts/{id} | 200"), Operation::Replace);
}

#[test]
fn a_nullable_time_of_deletion_keeps_deleted_rows() {
    let plan = shop(&["DELETE | /orders/{id} | 204"], "");
    assert_eq!(plan.resources[3].soft_delete.as_ref().map(|it| it.column), Some(4));
}

#[test]
fn an_annotation_outranks_names() {
    let text = format!(
        "{SHOP}\n## API\n\n<!-- table: tags -->\n\n| Method | Endpoint |\n|---|---|\n| GET | /labels |\n"
    );
    let plan = planned(&text);
    let binding = plan.routes[0].binding.as_ref().expect("bound");
    assert_eq!(plan.resources[binding.resource].table.name, "tags");
}

#[test]
fn a_type_is_a_table_where_a_path_names_it() {
    let text = "# T\n\n```typescript\ninterface Book {\n  id: string;\n  title: string;\n  state: 'in' | 'out';\n  pages?: number;\n}\n```\n\n\
        | Method | Endpoint |\n|---|---|\n| GET | /books/{id} |\n";
    let plan = planned(text);
    assert_eq!(plan.routes[0].operation, Operation::Read);
    let columns: Vec<(&str, bool)> =
        plan.resources[0].table.columns.iter().map(|it| (it.name.as_str(), it.not_null)).collect();
    let expected = [("id", true), ("title", true), ("state", true), ("pages", false)];
    assert_eq!(columns, expected);
    assert_eq!(plan.resources[0].table.columns[2].allowed, ["in", "out"]);
}

fn ruled(body: &str) -> ServicePlan {
    shop(
        &["POST | /orders/{id}/refund | 200"],
        &format!("```rule POST /orders/{{id}}/refund\n{body}\n```\n"),
    )
}

#[test]
fn a_rule_is_typed_against_the_tables() {
    let plan = ruled(
        "require row.status in [\"paid\"] and post.title != \"x\" else 409\n\
         require body.total <= total else 422; set total = total - body.total * 2",
    );
    let rule = plan.routes[0].rule.as_ref().expect("a rule");
    assert_eq!(rule.aliases.len(), 2);
    assert_eq!(rule.statuses().collect::<Vec<_>>(), [409, 422]);
    let Step::Set { changes, .. } = &rule.steps[2] else { panic!("no change") };
    assert!(matches!(&changes[0].value, Expression::Binary(Binary::Subtract, _, _)));
    assert_eq!(plan.routes[0].members[0].name, "total");
    assert_eq!(plan.routes[0].operation, Operation::Act);
}

#[test]
fn a_rule_that_leads_to_a_state_is_a_transition() {
    let plan = ruled("require row.status = \"paid\" else 409\nset status = \"open\"");
    let Operation::Transition(it) = &plan.routes[0].operation else { panic!("no transition") };
    assert_eq!((it.to.as_str(), it.from.as_slice()), ("open", &["paid".to_owned()][..]));
}

#[track_caller]
fn check_fault(body: &str, message: &str, at: &str) {
    let plan = ruled(body);
    let note = plan.notes.iter().find(|note| note.rule == "D9.1").expect("a fault");
    assert_eq!(note.level, NoteLevel::Error);
    assert!(note.message.contains(message), "{}", note.message);
    assert_eq!(plan.source.slice(note.span), at);
    assert!(matches!(plan.routes[0].operation, Operation::Underived(_)));
}

#[test]
fn a_rule_that_does_not_hold_is_told_at_its_place() {
    check_fault("set colour = 1", "no column `colour`", "colour");
    check_fault("set total = \"much\"", "a number is needed", "\"much\"");
    check_fault("set status = \"gone\"", "no value of `status`", "\"gone\"");
    check_fault("require row.status = \"gone\" else 409", "no value of", "\"gone\"");
    check_fault("require total else 409", "true or false is needed", "total");
    check_fault("require total > 1 else 500", "from 400 to 499", "500");
    check_fault("require total > 1", "`else` and a status", "");
    check_fault("loop x", "begins no statement", "loop");
    check_fault("require count(tags) > 1 else 409", "no foreign key", "tags");
    check_fault("require ship.name = 1 else 409", "`ship` is no row", "ship.name");
}

#[test]
fn two_ways_between_tables_are_ambiguous() {
    let text = "# T\n\n```sql\nCREATE TABLE users (id BIGSERIAL PRIMARY KEY);\nCREATE TABLE trips (id BIGSERIAL PRIMARY KEY, a BIGINT REFERENCES users(id), b BIGINT REFERENCES users(id));\n```\n\n\
        | Method | Endpoint |\n|---|---|\n| GET | /users/{id}/trips |\n";
    let plan = planned(text);
    assert!(plan.notes.iter().any(|note| note.rule == "D4" && note.level == NoteLevel::Error));
}

fn planned_beside(text: &str, other: &str) -> ServicePlan {
    let read = |path: &str, text: &str| {
        let source = Source::new(path, text);
        lower(&source, &parse(&source))
    };
    let (document, other) = (read("api.md", text), read("data.md", other));
    super::plan_with(&document, &[&other]).expect("an endpoint is stated")
}

#[test]
fn a_table_of_another_document_is_found_by_every_name_that_it_has() {
    let tables = "# Data\n\n```sql\nCREATE TABLE extraction_jobs (id UUID PRIMARY KEY, status \
        VARCHAR(20), -- queued, running, cancelled\n name TEXT);\nCREATE TABLE \
        extraction_samples (id UUID PRIMARY KEY, extraction_id UUID REFERENCES \
        extraction_jobs(id));\nCREATE TABLE spare (id UUID PRIMARY KEY);\n```\n";
    let api = "# API\n\n| Method | Path |\n|---|---|\n| GET | /extractions |\n| GET | \
        /extractions/{id}/samples |\n| POST | /extractions/{id}/cancel |\n";
    let plan = planned_beside(api, tables);
    let names: Vec<&str> = plan.resources.iter().map(|it| it.table.name.as_str()).collect();
    assert_eq!(names, ["extraction_jobs", "extraction_samples"]);
    let reasons: Vec<&Operation> = plan
        .routes
        .iter()
        .map(|it| &it.operation)
        .filter(|it| matches!(it, Operation::Underived(_)))
        .collect();
    assert_eq!(reasons, Vec::<&Operation>::new());
    assert!(matches!(&plan.routes[2].operation, Operation::Transition(it) if it.to == "cancelled"));
}

#[test]
fn a_hash_is_a_secret_where_it_is_one_of_a_secret() {
    let columns = ["content_hash", "commit_hash", "token_hash", "api_key_hash", "hashed_password"];
    let list: Vec<String> = columns.iter().map(|it| format!("{it} TEXT")).collect();
    let text = format!(
        "# T\n\n- `GET /files`\n\n```sql\nCREATE TABLE files (id UUID PRIMARY KEY, {});\n```\n",
        list.join(", ")
    );
    let plan = planned(&text);
    let secrets: Vec<&str> = plan.resources[0]
        .fields
        .iter()
        .filter(|it| it.role == Role::Secret)
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(secrets, columns[2..]);
}

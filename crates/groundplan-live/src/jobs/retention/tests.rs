//! Rows that are due go, and no others.

use std::sync::Arc;

use groundplan_model::schema::{Column, ColumnType};
use groundplan_model::service::{Keep, Role};
use groundplan_syntax::Span;

use super::{BATCH, of};
use crate::fixture::{column, execute, plan, resource, store_with};
use crate::jobs::sweep::Sweep;

fn retention() -> Arc<Sweep> {
    let states = vec!["open".to_owned(), "closed".to_owned()];
    let things = resource(vec![
        (column("id", ColumnType::Integer { auto: true }), Role::GeneratedKey, false),
        (Column { allowed: states, ..column("state", ColumnType::Text) }, Role::State, false),
        (column("closed_at", ColumnType::Timestamp), Role::ReadOnly, false),
    ]);
    let states = vec!["closed".to_owned()];
    let keep = Keep { resource: 0, days: 30, since: 2, states, span: Span::default() };
    Arc::new(of(&plan(vec![things]), &keep).expect("a plan that holds together"))
}

#[tokio::test]
async fn only_rows_in_the_state_that_are_old_enough_go_however_many_there_are() {
    let create = "CREATE TABLE things (id INTEGER PRIMARY KEY, state TEXT, closed_at TEXT) STRICT";
    let store = store_with("things", create);
    let many = BATCH + 7;
    let old = "2020-01-01T00:00:00.000000Z";
    let numbers =
        format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {many})");
    let due =
        format!("INSERT INTO things (state, closed_at) {numbers} SELECT 'closed', '{old}' FROM n");
    assert_eq!(execute(&store, due).await, many);
    let others = format!(
        "INSERT INTO things (state, closed_at) VALUES ('open', '{old}'), ('closed', NULL), \
         ('closed', '2999-01-01T00:00:00.000000Z')"
    );
    execute(&store, others).await;
    assert_eq!(retention().run(&store).await.expect("a run"), many);
    assert_eq!(retention().run(&store).await.expect("another run"), 0);
    assert_eq!(execute(&store, "DELETE FROM things".to_owned()).await, 3);
}

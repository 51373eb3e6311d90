//! Rows are recorded as they were and as they are, whoever changes them.

use groundplan_model::service::{Role, ServicePlan};
use serde_json::{Value, json};

use super::{Origin, Watched};
use crate::caller::Caller;
use crate::fixture::{every_type, execute, plan, store_with};
use crate::store::{Db, Head, Steps, Store};

const CREATE: &str = "CREATE TABLE things (id TEXT PRIMARY KEY NOT NULL, count INTEGER, \
     ratio REAL, price TEXT, open INTEGER, name TEXT, seen_at TEXT, day TEXT, extra TEXT, \
     data BLOB, tags TEXT, password TEXT, above TEXT REFERENCES things (id) ON DELETE CASCADE) \
     STRICT";

/// Things of every type that may lie below one another.
fn things() -> ServicePlan {
    let mut thing = every_type();
    let above = crate::fixture::column("above", groundplan_model::schema::ColumnType::Text);
    thing.table.columns.push(above);
    let field = thing.fields.last().cloned().expect("it has fields");
    let above =
        groundplan_model::service::Field { name: "above".to_owned(), role: Role::Plain, ..field };
    thing.fields.push(above);
    plan(vec![thing])
}

fn watched() -> Store {
    let store = store_with("things", CREATE);
    store.watch(&Watched::all(&things())).expect("triggers that fit the table");
    store
}

async fn entries(store: &Store) -> Vec<Vec<Option<String>>> {
    let work = |db: &Db<'_>| {
        let sql = "SELECT subject, tenant, roles, method, path, request_id, resource, key, action, \
                   row_before, row_after FROM groundplan_audit ORDER BY id";
        let mut rows = Vec::new();
        db.each(sql, &Head::of(&Caller::named("")), &[], |row| {
            rows.push((0..11).map(|at| row.text(at)).collect());
        })?;
        Ok(rows)
    };
    store.read(work).await.expect("the log")
}

fn json_of(text: &Option<String>) -> Value {
    serde_json::from_str(text.as_deref().unwrap_or("null")).expect("JSON")
}

#[tokio::test]
async fn a_row_is_recorded_with_every_type_and_without_its_secrets() {
    let store = watched();
    let insert = "INSERT INTO things VALUES ('k', 9007199254740993, 0.5, '1.50', 1, 'a \"b\" \\ é', \
                  '2026-01-02T03:04:05.000006Z', '2026-01-02', '{\"a\": [1]}', x'0102', NULL, \
                  'hash', NULL)";
    execute(&store, insert.to_owned()).await;
    execute(&store, "UPDATE things SET open = 0, password = NULL".to_owned()).await;
    let found = entries(&store).await;
    let row = json!({
        "id": "k", "count": 9_007_199_254_740_993_i64, "ratio": 0.5, "price": "1.50",
        "open": true, "name": "a \"b\" \\ é", "seen_at": "2026-01-02T03:04:05.000006Z",
        "day": "2026-01-02", "extra": {"a": [1]}, "data": "2 bytes", "tags": null,
        "password": "***", "above": null,
    });
    let [made, changed] = found.as_slice() else { panic!("two entries: {found:?}") };
    assert_eq!((json_of(&made[9]), json_of(&made[10])), (Value::Null, row.clone()));
    assert_eq!(json_of(&changed[9]), row);
    let after = json_of(&changed[10]);
    assert_eq!((&after["open"], &after["password"]), (&json!(false), &Value::Null));
    assert_eq!((made[7].as_deref(), changed[8].as_deref()), (Some("k"), Some("update")));
}

#[tokio::test]
async fn rows_that_go_along_with_others_are_recorded_too() {
    let store = watched();
    let insert = "INSERT INTO things (id, above) VALUES ('a', NULL), ('b', 'a'), ('c', 'b')";
    execute(&store, insert.to_owned()).await;
    execute(&store, "DELETE FROM things WHERE id = 'a'".to_owned()).await;
    let mut gone: Vec<_> = entries(&store).await.into_iter().skip(3).collect();
    gone.sort_by_key(|it| it[7].clone());
    let keys: Vec<_> = gone.iter().map(|it| (it[7].as_deref(), it[8].as_deref())).collect();
    let delete = Some("delete");
    assert_eq!(keys, [(Some("a"), delete), (Some("b"), delete), (Some("c"), delete)]);
    assert!(gone.iter().all(|it| it[10].is_none() && json_of(&it[9])["id"] == json!(it[7])));
}

#[tokio::test]
async fn an_entry_names_who_asked_and_one_without_a_caller_nobody() {
    let store = watched();
    let caller = Caller {
        subject: "ann".into(),
        tenant: Some("blue".into()),
        roles: vec!["clerk".to_owned()].into(),
    };
    let origin = Origin::request(&caller, "POST", "/things", Some("id-1"));
    let insert = |id: &'static str| {
        move |db: &Db<'_>| {
            let sql = format!("INSERT INTO things (id) VALUES ('{id}')");
            Ok(db.execute(&sql, &Head::of(&Caller::named("")), &[])?)
        }
    };
    store.write_for(Some(origin.stamp()), Steps::One, insert("a")).await.expect("a row");
    store.write(Steps::Several, insert("b")).await.expect("a row");
    let found = entries(&store).await;
    let who: Vec<&str> = found[0].iter().take(8).flatten().map(String::as_str).collect();
    assert_eq!(who, ["ann", "blue", "[\"clerk\"]", "POST", "/things", "id-1", "things", "a"]);
    assert!(found[1].iter().take(6).all(Option::is_none), "{:?}", found[1]);
}

#[tokio::test]
async fn a_write_that_is_undone_leaves_no_entry() {
    let store = watched();
    let work = |db: &Db<'_>| {
        let nobody = Caller::named("");
        let head = Head::of(&nobody);
        db.execute("INSERT INTO things (id) VALUES ('a')", &head, &[])?;
        Ok(db.execute("INSERT INTO things (id) VALUES ('a')", &head, &[])?)
    };
    assert!(store.write(Steps::Several, work).await.is_err());
    assert_eq!(entries(&store).await.len(), 0);
}

#[tokio::test]
async fn nothing_is_recorded_any_more_when_nobody_asks_for_it() {
    let store = watched();
    store.watch(&[]).expect("triggers go");
    execute(&store, "INSERT INTO things (id) VALUES ('a')".to_owned()).await;
    assert_eq!(entries(&store).await.len(), 0);
}

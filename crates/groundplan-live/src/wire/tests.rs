//! Rows as JSON text.

use rusqlite::Connection;
use serde_json::{Value, json};

use super::{Row, Shape};
use crate::fixture::{every_type, resource};

const TABLE: &str = "CREATE TABLE things (id TEXT, count INTEGER, ratio REAL, price TEXT, \
     open INTEGER, name TEXT, seen_at TEXT, day TEXT, extra TEXT, data BLOB, tags TEXT, \
     password TEXT) STRICT";

fn written(shape: &Shape, insert: &str) -> Value {
    let db = Connection::open_in_memory().expect("a database");
    db.execute_batch(TABLE).expect("a table");
    db.execute(insert, []).expect("a row");
    let sql = format!("SELECT {} FROM things", shape.columns());
    let mut text = Vec::new();
    let write = |row: &rusqlite::Row<'_>| {
        shape.write(&Row::Sqlite(row), &mut text);
        Ok(())
    };
    db.query_row(&sql, [], write).expect("a row as text");
    serde_json::from_slice(&text).expect("JSON")
}

#[test]
fn every_type_has_its_wire_form_and_secrets_have_none() {
    let row = written(
        &Shape::new(&every_type(), false),
        r#"INSERT INTO things VALUES ('k', -5, 1e300, '1.50', 1, 'a"\' || char(10) || 'é',
            't', 'd', '{"a":[1]}', x'00ff', '["x"]', 'hidden')"#,
    );
    let expected = json!({
        "id": "k", "count": -5, "ratio": 1e300, "price": "1.50", "open": true,
        "name": "a\"\\\né", "seen_at": "t", "day": "d", "extra": { "a": [1] },
        "data": "AP8=", "tags": ["x"],
    });
    assert_eq!(row, expected);
}

#[test]
fn null_is_null_for_every_type() {
    let row = written(&Shape::new(&every_type(), false), "INSERT INTO things (id) VALUES ('k')");
    let others = row.as_object().expect("an object").iter().filter(|(name, _)| *name != "id");
    assert!(others.clone().all(|(_, value)| value.is_null()));
    assert_eq!(others.count(), 10);
}

#[test]
fn the_seeded_fault_drops_the_last_member() {
    let row = written(&Shape::new(&every_type(), true), "INSERT INTO things (id) VALUES ('k')");
    assert!(row.get("data").is_some());
    assert!(row.get("tags").is_none());
}

#[test]
fn a_row_without_members_is_an_empty_object() {
    let shape = Shape::new(&resource(Vec::new()), false);
    assert_eq!(written(&shape, "INSERT INTO things (id) VALUES ('k')"), json!({}));
}

#[test]
fn a_value_alone_has_the_stamp_of_its_whole_row() {
    let stamped = |shape: &Shape| {
        let db = Connection::open_in_memory().expect("a database");
        db.execute_batch(TABLE).expect("a table");
        let insert = "INSERT INTO things (id, count, password) VALUES ('k', 7, 'hidden')";
        db.execute(insert, []).expect("a row");
        let sql = format!("SELECT {} FROM things", shape.columns());
        let read = |row: &rusqlite::Row<'_>| Ok(shape.written(&Row::Sqlite(row)));
        let written = db.query_row(&sql, [], read).expect("a row");
        (String::from_utf8(written.json).expect("text"), written.stamp)
    };
    let (whole, row) = stamped(&Shape::stamped(&every_type(), false));
    assert!(whole.contains("\"id\":\"k\""), "{whole}");
    let (value, same) = stamped(&Shape::stamped(&every_type(), false).alone(1));
    assert_eq!((value.as_str(), same), ("{\"count\":7}", row));
    let (hidden, _) = stamped(&Shape::stamped(&every_type(), false).alone(11));
    assert_eq!(hidden, "{}", "a secret is never shown");
}

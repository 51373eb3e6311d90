//! The SQL itself, and what SQLite says of it.

use rusqlite::Connection;

use super::dialect::Dialect;
use super::{condition, postgres_schema, sqlite_schema};
use crate::fixture;

/// A database with the schema of these tables.
fn database(sql: &str) -> Connection {
    let schema = sqlite_schema(&fixture::plan_of_sql(sql)).text();
    let connection = Connection::open_in_memory().expect("a database");
    connection.execute_batch("PRAGMA foreign_keys = ON").expect("a pragma");
    connection.execute_batch(&schema).unwrap_or_else(|error| panic!("{error}\n{schema}"));
    connection
}

fn takes(connection: &Connection, sql: &str) -> bool {
    connection.execute(sql, []).is_ok()
}

#[test]
fn the_example_makes_a_database_with_its_tables_and_indexes() {
    let connection = Connection::open_in_memory().expect("a database");
    connection.execute_batch(&sqlite_schema(&fixture::example()).text()).expect("the schema");
    let count = "SELECT count(*) FROM sqlite_schema WHERE type = ?1 AND name NOT LIKE 'sqlite_%'";
    let count = |ty: &str| connection.query_row(count, [ty], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!((count("table"), count("index")), (4, 7));
}

#[test]
fn every_type_is_kept_in_its_storage_class() {
    let sql = sqlite_schema(&fixture::plan_of_sql(
        "CREATE TABLE items (id BIGSERIAL PRIMARY KEY, a UUID, b NUMERIC(10,2), c JSONB, d BYTEA,
         e DOUBLE PRECISION, f BOOLEAN NOT NULL DEFAULT TRUE, g TIMESTAMPTZ);",
    ))
    .text();
    let expected = "CREATE TABLE \"items\" (
    \"id\" INTEGER PRIMARY KEY NOT NULL,
    \"a\" TEXT,
    \"b\" TEXT,
    \"c\" TEXT,
    \"d\" BLOB,
    \"e\" REAL,
    \"f\" INTEGER NOT NULL DEFAULT 1 CHECK (\"f\" IN (0, 1)),
    \"g\" TEXT
) STRICT;
";
    assert!(sql.contains(expected), "{sql}");
}

#[test]
fn bounds_lengths_and_allowed_values_are_checked() {
    let db = database(
        "CREATE TABLE items (id INTEGER PRIMARY KEY, name VARCHAR(3) CHECK (length(name) >= 1),
         size INTEGER CHECK (size >= 1 AND size <= 9), kind TEXT CHECK (kind IN ('it''s', 'b')));",
    );
    assert!(takes(&db, "INSERT INTO items (name, size, kind) VALUES ('äöü', 9, 'it''s')"));
    assert!(takes(&db, "INSERT INTO items (name) VALUES (NULL)"));
    assert!(!takes(&db, "INSERT INTO items (name) VALUES ('abcd')"));
    assert!(!takes(&db, "INSERT INTO items (name) VALUES ('')"));
    assert!(!takes(&db, "INSERT INTO items (size) VALUES (10)"));
    assert!(!takes(&db, "INSERT INTO items (kind) VALUES ('c')"));
}

#[test]
fn parents_stand_before_children_whatever_the_document_does() {
    let sql = sqlite_schema(&fixture::plan_of_sql(
        "CREATE TABLE items (id UUID PRIMARY KEY, box_id UUID NOT NULL REFERENCES boxes(id));
         CREATE TABLE boxes (id UUID PRIMARY KEY, parent_id UUID REFERENCES boxes(id));",
    ))
    .text();
    let place = |name: &str| sql.find(&format!("CREATE TABLE \"{name}\"")).expect(name);
    assert!(place("boxes") < place("items"), "{sql}");
}

#[test]
fn tables_that_refer_to_each_other_are_both_made() {
    let db = database(
        "CREATE TABLE items (id UUID PRIMARY KEY, main_id UUID REFERENCES parts(id));
         CREATE TABLE parts (id UUID PRIMARY KEY, item_id UUID NOT NULL REFERENCES items(id));",
    );
    assert!(takes(&db, "INSERT INTO items (id) VALUES ('a')"));
    assert!(takes(&db, "INSERT INTO parts (id, item_id) VALUES ('b', 'a')"));
    assert!(!takes(&db, "INSERT INTO parts (id, item_id) VALUES ('c', 'x')"));
}

#[test]
fn deleting_a_parent_does_what_the_document_says() {
    let db = database(
        "CREATE TABLE items (id UUID PRIMARY KEY);
         CREATE TABLE a (id UUID PRIMARY KEY, item_id UUID REFERENCES items(id) ON DELETE CASCADE);
         CREATE TABLE b (id UUID PRIMARY KEY, item_id UUID REFERENCES items(id) ON DELETE SET NULL);
         CREATE TABLE c (id UUID PRIMARY KEY, item_id UUID REFERENCES items(id) ON DELETE RESTRICT);",
    );
    db.execute_batch(
        "INSERT INTO items VALUES ('1'), ('2');
         INSERT INTO a VALUES ('a', '1'); INSERT INTO b VALUES ('b', '1');
         INSERT INTO c VALUES ('c', '2');",
    )
    .expect("rows");
    assert!(takes(&db, "DELETE FROM items WHERE id = '1'"));
    assert!(!takes(&db, "DELETE FROM items WHERE id = '2'"));
    let count = "SELECT (SELECT count(*) FROM a), (SELECT count(*) FROM b WHERE item_id IS NULL)";
    let left = db.query_row(count, [], |row| Ok((row.get(0)?, row.get(1)?)));
    assert_eq!(left, Ok((0_i64, 1_i64)));
}

#[test]
fn a_key_to_an_unknown_table_or_to_columns_that_are_not_unique_is_left_out() {
    let db = database(
        "CREATE TABLE items (id UUID PRIMARY KEY, label TEXT, user_id UUID REFERENCES users(id));
         CREATE TABLE notes (id UUID PRIMARY KEY, label TEXT REFERENCES items(label));",
    );
    assert!(takes(&db, "INSERT INTO items (id, user_id) VALUES ('a', 'nobody')"));
    assert!(takes(&db, "INSERT INTO notes (id, label) VALUES ('n', 'nothing')"));
}

#[test]
fn a_key_without_an_index_gets_one() {
    let sql = sqlite_schema(&fixture::plan_of_sql(
        "CREATE TABLE boxes (id UUID PRIMARY KEY);
         CREATE TABLE items (id UUID PRIMARY KEY, box_id UUID REFERENCES boxes(id),
         main_id UUID UNIQUE REFERENCES boxes(id));",
    ))
    .text();
    assert!(sql.contains("CREATE INDEX \"idx_items_box_id\" ON \"items\" (\"box_id\");"), "{sql}");
    assert!(!sql.contains("idx_items_main_id"), "{sql}");
}

#[test]
fn a_list_can_be_read_in_order_without_sorting() {
    let sql = sqlite_schema(&fixture::plan_of_sql(
        "CREATE TABLE items (id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
         created_at TIMESTAMPTZ NOT NULL DEFAULT NOW());",
    ))
    .text();
    assert!(sql.contains("ON \"items\" (\"created_at\", \"id\");"), "{sql}");
}

#[test]
fn a_partial_unique_index_holds_for_its_rows_only() {
    let db = database(
        "CREATE TABLE items (id UUID PRIMARY KEY, name TEXT, deleted_at TIMESTAMPTZ);
         CREATE UNIQUE INDEX one_name ON items (name) WHERE deleted_at IS NULL;",
    );
    assert!(takes(&db, "INSERT INTO items VALUES ('1', 'a', NULL)"));
    assert!(takes(&db, "INSERT INTO items VALUES ('2', 'a', '2026-01-01')"));
    assert!(!takes(&db, "INSERT INTO items VALUES ('3', 'a', NULL)"));
}

#[test]
fn a_condition_that_sqlite_may_read_otherwise_is_not_passed_on() {
    let sql = sqlite_schema(&fixture::plan_of_sql(
        "CREATE TABLE items (id UUID PRIMARY KEY, name TEXT, at TIMESTAMPTZ);
         CREATE UNIQUE INDEX strict ON items (name) WHERE at > now() - interval '1 day';
         CREATE INDEX loose ON items (name) WHERE at > now() - interval '1 day';",
    ))
    .text();
    assert!(!sql.contains("\"strict\""), "{sql}");
    assert!(sql.contains("CREATE INDEX \"loose\" ON \"items\" (\"name\");"), "{sql}");
}

#[test]
fn an_index_named_as_a_table_gets_another_name() {
    let db = database(
        "CREATE TABLE items (id UUID PRIMARY KEY, name TEXT);
         CREATE INDEX items ON items (name);",
    );
    let name = "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL";
    assert_eq!(db.query_row(name, [], |row| row.get(0)), Ok("items_2".to_owned()));
}

#[test]
fn plain_conditions_are_written_anew_and_others_refused() {
    let plan = fixture::plan_of_sql(
        "CREATE TABLE items (id UUID PRIMARY KEY, a INTEGER, b INTEGER, \"o\"\"k\" TEXT, n NUMERIC);",
    );
    let table = &plan.resources[0].table;
    let plain = |text: &str| condition::plain(Dialect::Sqlite, table, text);
    assert_eq!(
        plain("a<=b AND NOT(a is null)").as_deref(),
        Some("\"a\" <= \"b\" AND NOT (\"a\" IS NULL)")
    );
    assert_eq!(plain("a IN (1,2)").as_deref(), Some("\"a\" IN (1, 2)"));
    for refused in [
        "",
        "a <= b)",
        "(a",
        "lower(a) = 'x'",
        "a::text = 'x'",
        "n > 1",
        "c > 1",
        "a % 2 = 0",
        "'x",
        "a = -- b",
    ] {
        assert_eq!(plain(refused), None, "{refused}");
    }
}

#[test]
fn checks_of_several_columns_are_kept_where_they_are_plain() {
    let db = database(
        "CREATE TABLE items (id UUID PRIMARY KEY, low INTEGER, high INTEGER, CHECK (low <= high));",
    );
    assert!(takes(&db, "INSERT INTO items VALUES ('1', 1, 2)"));
    assert!(!takes(&db, "INSERT INTO items VALUES ('2', 2, 1)"));
}

#[test]
fn postgresql_gets_its_own_types_and_no_words_of_sqlite() {
    let sql = postgres_schema(&fixture::plan_of_sql(
        "CREATE TABLE shops (id BIGSERIAL PRIMARY KEY);
         CREATE TABLE items (id UUID PRIMARY KEY, shop_id BIGINT REFERENCES shops(id),
           price NUMERIC(10,2) CHECK (price >= 0), tags JSONB, open BOOLEAN NOT NULL DEFAULT TRUE,
           seen TIMESTAMPTZ DEFAULT NOW(), name VARCHAR(20), CHECK (open = 1 OR name <> 'x'));
         CREATE INDEX by_tag ON items (tags);
         CREATE TABLE notes (text TEXT);",
    ))
    .text();
    let items = "CREATE TABLE \"items\" (
    \"id\" UUID PRIMARY KEY NOT NULL,
    \"shop_id\" BIGINT,
    \"price\" NUMERIC(10, 2) CHECK (\"price\" >= 0),
    \"tags\" JSONB,
    \"open\" BOOLEAN NOT NULL DEFAULT TRUE,
    \"seen\" TIMESTAMPTZ,
    \"name\" TEXT COLLATE \"C\" CHECK (length(\"name\") <= 20),
    CHECK (\"open\" = TRUE OR \"name\" <> 'x'),
    FOREIGN KEY (\"shop_id\") REFERENCES \"shops\" (\"id\") ON DELETE RESTRICT
);
";
    assert!(sql.contains(items), "{sql}");
    assert!(sql.contains("\"id\" BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"), "{sql}");
    assert!(sql.contains("ON \"items\" USING gin (\"tags\")"), "{sql}");
    assert!(sql.contains("\"rowid\" BIGINT GENERATED ALWAYS AS IDENTITY"), "{sql}");
}

#[test]
fn a_foreign_key_of_another_type_than_its_target_is_left_out() {
    let plan = fixture::plan_of_sql(
        "CREATE TABLE shops (id UUID PRIMARY KEY);
         CREATE TABLE items (id UUID PRIMARY KEY, shop_id BIGINT REFERENCES shops(id));",
    );
    for sql in [sqlite_schema(&plan).text(), postgres_schema(&plan).text()] {
        assert!(!sql.contains("FOREIGN KEY"), "{sql}");
    }
}

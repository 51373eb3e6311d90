//! Violated constraints as refusals.

use groundplan_model::service::Refusal;
use rusqlite::Connection;

use super::Constraints;
use crate::fixture::shelves_and_books;
use crate::refused::Refused;

const TABLES: &str = "PRAGMA foreign_keys = ON;
     CREATE TABLE shelves (id TEXT PRIMARY KEY);
     CREATE TABLE books (isbn TEXT UNIQUE, shelf_id TEXT NOT NULL REFERENCES shelves,
       pages INTEGER, UNIQUE (shelf_id, pages),
       CHECK (\"pages\" > 0 OR \"isbn\" <> ''), CONSTRAINT secret_rule CHECK (pages <> 7)) STRICT;
     CREATE UNIQUE INDEX by_half ON books (pages / 2) WHERE pages >= 20;
     INSERT INTO shelves VALUES ('s'); INSERT INTO books VALUES ('b', 's', 3), ('c', 's', 20);";

/// Why a row of these values is refused: the refusal, and the fields that it names.
fn refuse(values: &str) -> (Refusal, Vec<String>) {
    let mut plan = shelves_and_books();
    plan.resources[1].table.checks =
        vec!["pages > 0 OR isbn <> ''".to_owned(), "pages <> 7".to_owned()];
    plan.indexes.push(groundplan_model::schema::Index {
        name: "by_half".to_owned(),
        table: "books".to_owned(),
        columns: vec!["pages".to_owned()],
        unique: true,
        condition: None,
        span: groundplan_syntax::Span::default(),
    });
    let db = Connection::open_in_memory().expect("a database");
    db.execute_batch(TABLES).expect("tables");
    let error = db.execute(&format!("INSERT INTO books VALUES ({values})"), []);
    let refused: Refused = Constraints::new(&plan, &plan.resources[1])
        .refuse(error.expect_err("a violated constraint").into());
    assert!(!refused.message.contains("secret_rule"), "{}", refused.message);
    (refused.refusal, refused.faults.into_iter().map(|fault| fault.field).collect())
}

#[test]
fn a_duplicate_names_the_unique_columns() {
    assert_eq!(refuse("'b', 's', 30"), (Refusal::Duplicate, vec!["isbn".to_owned()]));
    let both = vec!["shelf_id".to_owned(), "pages".to_owned()];
    assert_eq!(refuse("'x', 's', 3"), (Refusal::Duplicate, both));
}

#[test]
fn a_duplicate_in_an_index_on_an_expression_names_the_indexs_columns() {
    assert_eq!(refuse("'x', 's', 21"), (Refusal::Duplicate, vec!["pages".to_owned()]));
}

#[test]
fn a_check_over_columns_names_all_of_them() {
    let both = vec!["isbn".to_owned(), "pages".to_owned()];
    assert_eq!(refuse("'', 's', -9"), (Refusal::InvalidField, both.clone()));
    assert_eq!(refuse("'x', 's', 7"), (Refusal::InvalidField, both));
}

#[test]
fn null_and_a_wrong_type_are_invalid_fields() {
    assert_eq!(refuse("'x', NULL, 30"), (Refusal::InvalidField, vec!["shelf_id".to_owned()]));
    assert_eq!(refuse("'x', 's', 'x'"), (Refusal::InvalidField, vec!["pages".to_owned()]));
}

#[test]
fn a_missing_row_is_an_unknown_reference() {
    assert_eq!(refuse("'x', 'nowhere', 30"), (Refusal::UnknownReference, Vec::new()));
}

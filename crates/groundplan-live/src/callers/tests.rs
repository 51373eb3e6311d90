//! Names of callers in rows.

use groundplan_model::schema::ColumnType;

use super::Callers;
use crate::fixture::shelves_and_books;

fn name(owner: ColumnType, subject: &str) -> String {
    let mut plan = shelves_and_books();
    plan.resources[0].table.columns[1].ty = owner;
    Callers::new(&plan).name(subject.into()).to_string()
}

#[test]
fn rows_keep_the_subject_as_it_is() {
    assert_eq!(name(ColumnType::Text, "ann"), "ann");
}

#[test]
fn where_owners_are_numbers_a_subject_becomes_one() {
    let integer = || ColumnType::Integer { auto: false };
    assert_eq!(name(integer(), "7"), "7");
    let ann = name(integer(), "ann");
    assert!(ann.parse::<u64>().is_ok_and(|number| number < 1 << 53), "{ann}");
    assert_eq!(name(integer(), "ann"), ann);
    assert_ne!(name(integer(), "bob"), ann);
    assert_ne!(name(integer(), "007"), "007");
}

#[test]
fn where_owners_are_uuids_a_subject_becomes_one() {
    let known = "01a1fc8f-86e5-7743-84dd-068d75d9f3a9";
    assert_eq!(name(ColumnType::Uuid, known), known);
    let ann = name(ColumnType::Uuid, "ann");
    assert!(uuid::Uuid::try_parse(&ann).is_ok(), "{ann}");
    assert_eq!(name(ColumnType::Uuid, "ann"), ann);
    assert_ne!(name(ColumnType::Uuid, "bob"), ann);
}

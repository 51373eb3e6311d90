//! Whose rows a caller may touch.

use super::condition;
use crate::fixture::shelves_and_books;

#[test]
fn scoped_rows_are_their_owners() {
    let plan = shelves_and_books();
    let condition = condition(&plan, &plan.resources[0], "t");
    assert_eq!(condition.as_deref(), Some("t.\"owner_id\" = ?1"));
}

#[test]
fn rows_without_an_owner_are_as_visible_as_the_row_that_they_refer_to() {
    let plan = shelves_and_books();
    let condition = condition(&plan, &plan.resources[1], "t");
    let expected = "(t.\"shelf_id\" IS NULL OR EXISTS (SELECT 1 FROM \"shelves\" AS p7 \
         WHERE p7.\"id\" = t.\"shelf_id\" AND p7.\"owner_id\" = ?1))";
    assert_eq!(condition.as_deref(), Some(expected));
}

#[test]
fn without_scope_everybody_sees_all_rows() {
    let mut plan = shelves_and_books();
    plan.resources[0].scoped = false;
    assert_eq!(condition(&plan, &plan.resources[1], "t"), None);
}

#[test]
fn tables_that_refer_to_themselves_end() {
    let mut plan = shelves_and_books();
    plan.resources[0].scoped = false;
    let mut key = plan.resources[1].table.foreign_keys[0].clone();
    key.table = "books".to_owned();
    plan.resources[1].table.foreign_keys.push(key);
    assert_eq!(condition(&plan, &plan.resources[1], "t"), None);
}

//! Near names and plurals.

use super::{nearest, same_noun};

#[test]
fn nearest_finds_a_missing_letter_and_a_swap() {
    assert_eq!(nearest("order_item", ["orders", "order_items"]), Some("order_items"));
    assert_eq!(nearest("emial", ["name", "email"]), Some("email"));
}

#[test]
fn nearest_finds_nothing_among_strangers() {
    assert_eq!(nearest("users", ["exports", "datasets"]), None);
    assert_eq!(nearest("id", ["to", "name"]), None);
}

#[test]
fn nouns_are_compared_without_case_separator_and_plural() {
    assert!(same_noun("order-items", "OrderItem"));
    assert!(same_noun("categories", "category"));
    assert!(same_noun("addresses", "address"));
    assert!(!same_noun("orders", "order_items"));
}

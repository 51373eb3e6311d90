//! What is kept of a list, and in which order.

use super::keep_first;

#[test]
fn the_first_of_equal_texts_is_kept_where_it_stands() {
    let mut list = vec![("b", 1), ("a", 2), ("b", 3), ("c", 4), ("a", 5), ("b", 6)];
    keep_first(&mut list, |it| it.0);
    assert_eq!(list, [("b", 1), ("a", 2), ("c", 4)]);
}

#[test]
fn lists_of_none_and_one_stay() {
    for mut list in [vec![], vec![String::from("a")]] {
        let before = list.clone();
        keep_first(&mut list, |it| it);
        assert_eq!(list, before);
    }
}

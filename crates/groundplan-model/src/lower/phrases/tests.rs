//! Phrases are found where words begin, and nowhere else.

use super::Phrases;

fn found(text: &str) -> Vec<(&str, usize)> {
    let phrases = Phrases::new([("data", 1), ("data model", 2), ("model", 3), ("概要", 4)]);
    let found = phrases.find(text).into_iter().map(|(place, it)| (place, *it));
    let found: Vec<_> = found.collect();
    found.into_iter().filter_map(|(place, it)| Some((text.get(place)?, it))).collect()
}

#[test]
fn phrases_may_overlap_and_capitals_do_not_matter() {
    assert_eq!(found("The Data Model"), [("Data", 1), ("Data Model", 2), ("Model", 3)]);
}

#[test]
fn a_phrase_begins_with_a_word() {
    assert_eq!(found("metadata remodel"), []);
    assert_eq!(found("4.1-data (model)"), [("data", 1), ("model", 3)]);
    assert_eq!(found("1.概要"), [("概要", 4)]);
    assert_eq!(found("システム概要"), [("概要", 4)]);
    assert_eq!(found(""), []);
}

#[test]
fn the_order_of_the_list_is_that_of_the_phrases_at_one_place() {
    let phrases = Phrases::new([("ms", 'a'), ("m", 'b'), ("s", 'c')]);
    let at_start: Vec<_> = phrases.beginning("MS").map(|(phrase, it)| (phrase, *it)).collect();
    assert_eq!(at_start, [("ms", 'a'), ("m", 'b')]);
}

#[test]
fn capitals_of_ascii_only_are_read_as_small_letters() {
    let phrases = Phrases::new([("a[z]{`", 1), ("acceptance criteria", 2), ("über", 3)]);
    let count = |text: &str| phrases.beginning(text).count();
    assert_eq!(count("A[Z]{`"), 1);
    assert_eq!(count("A{Z]{`"), 0);
    assert_eq!(count("A[Z]{@"), 0);
    assert_eq!(count("Acceptance Criteria"), 1);
    assert_eq!(count("Acceptance criterion"), 0);
    assert_eq!(count("Acceptan"), 0);
    assert_eq!(count("ÜBER"), 0);
    assert_eq!(count("üBER"), 1);
}

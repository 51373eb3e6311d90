//! Overview rows beside headings.

use super::key;

fn pair(word: &str, number: &str) -> Option<(String, String)> {
    Some((word.to_owned(), number.to_owned()))
}

#[test]
fn a_phase_is_told_by_its_word_and_its_number() {
    assert_eq!(key("Phase 2a: Storage"), pair("phase", "2a"));
    assert_eq!(key("2. Milestone 3 ✅"), pair("milestone", "3"));
    assert_eq!(key("Phase 1-2 (both)"), pair("phase", "1-2"));
}

#[test]
fn a_word_without_a_number_is_none() {
    assert_eq!(key("Phases"), None);
    assert_eq!(key("Phase one"), None);
    assert_eq!(key("Storage 2"), None);
}

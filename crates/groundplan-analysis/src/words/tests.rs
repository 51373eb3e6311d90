//! Words of rules.

use super::{WORDS, Words};

#[test]
fn every_word_is_found_by_itself_and_no_other_with_it() {
    assert!(WORDS.len() <= 64, "one bit a word");
    for word in WORDS {
        let found = Words::of(&format!("some {word} text"));
        let held: Vec<_> = WORDS.iter().filter(|it| found.hold(&[it])).collect();
        assert_eq!(held, [word]);
    }
}

#[test]
fn a_word_that_nobody_looks_for_keeps_no_rule_silent() {
    assert!(Words::of("").hold(&["unknown"]));
    assert!(!Words::of("").hold(&["CSRF", "AKIA"]));
}

//! Wide steps find what a step a byte finds.

use super::{Beginnings, Words, deal, next_digit, pairs};

/// A text longer than two steps, with what is looked for at its beginning, at its end and on the
/// edges of steps.
fn texts() -> impl Iterator<Item = String> {
    (0..70).map(|at| format!("{}Ab-env ENV 42 é{}", "x".repeat(at), "y".repeat(69 - at)))
}

#[test]
fn pairs_stand_wherever_they_begin() {
    for text in texts().chain([String::new(), "A".to_owned(), "A-".to_owned()]) {
        let windows = text.as_bytes().windows(2).enumerate();
        let slow = windows.filter(|(_, it)| it[0].is_ascii_alphabetic() && it[1] == b'-');
        let slow: Vec<usize> = slow.map(|(at, _)| at).collect();
        assert_eq!(pairs(&text, |it| it.is_ascii_alphabetic(), |it| it == b'-'), slow, "{text}");
    }
}

#[test]
fn the_next_digit_is_found_from_anywhere() {
    for text in texts() {
        for from in 0..=text.len() {
            let rest = text.as_bytes().get(from..).unwrap_or_default();
            let slow = rest.iter().position(u8::is_ascii_digit).map(|at| from + at);
            assert_eq!(next_digit(&text, from), slow, "{from} of {text}");
        }
    }
    assert_eq!(next_digit("1", 2), None);
}

#[test]
fn no_other_byte_is_taken_for_a_digit() {
    for letter in (0..0x300).filter_map(char::from_u32) {
        let text = letter.to_string().repeat(20);
        let slow = text.bytes().position(|it| it.is_ascii_digit());
        assert_eq!(next_digit(&text, 0), slow, "{letter:?}");
    }
}

#[test]
fn words_are_found_in_order_with_and_without_wide_steps() {
    let words = Words::new(&["ENV", "env", "42"]);
    let slow = Words {
        packed: None,
        automaton: aho_corasick::AhoCorasick::new(["ENV", "env", "42"]).ok(),
        order: vec![0, 1, 2],
    };
    for text in texts() {
        let places = |it: &Words| it.find(&text).collect::<Vec<_>>();
        assert_eq!(places(&words), places(&slow));
        assert_eq!(places(&words).len(), 3);
    }
}

#[test]
fn every_word_is_dealt_once_whatever_their_number() {
    let words =
        ["ab", "abc", "ba", "x", "y", "xyz", "é", "", "z", "q", "r", "s", "ab", "t", "u", "v", "w"];
    for count in 0..=words.len() {
        let mut dealt = deal(&words[..count]);
        dealt.sort_unstable();
        assert_eq!(dealt, (0..count).collect::<Vec<_>>());
    }
}

#[test]
fn beginnings_miss_none() {
    let beginnings = Beginnings::of(["second", "%", "ms"]);
    assert!(beginnings.has(b's', b'e') && beginnings.has(b'm', b's'));
    assert!(!beginnings.has(b's', b'm'));
}

//! Wide steps find what a step a byte finds.

use super::{Words, next_digit, pairs};

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
fn words_are_found_in_order_with_and_without_wide_steps() {
    let words = Words::new(&["ENV", "env", "42"]);
    let slow = Words {
        packed: None,
        automaton: aho_corasick::AhoCorasick::new(["ENV", "env", "42"]).ok(),
    };
    for text in texts() {
        let places = |it: &Words| it.find(&text).map(|it| it.range()).collect::<Vec<_>>();
        assert_eq!(places(&words), places(&slow));
        assert_eq!(places(&words).len(), 3);
    }
}

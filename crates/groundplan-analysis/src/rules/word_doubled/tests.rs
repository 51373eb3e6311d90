//! Words that stand twice.

use super::{doubled, repeated};

fn found(text: &str) -> Vec<&str> {
    let places = (2..=4).flat_map(|length| {
        repeated(text.as_bytes(), length).into_iter().map(move |at| (at, length))
    });
    places.filter_map(|(at, length)| doubled(text, at, length)).collect()
}

#[test]
fn a_word_is_found_at_every_place_of_a_text() {
    for lead in 0..80 {
        let text = format!("{}The the file", "x ".repeat(lead));
        assert_eq!(found(&text), ["the"], "{lead}");
        assert_eq!(found(&format!("{}with with", "x ".repeat(lead))), ["with"], "{lead}");
    }
}

#[test]
fn parts_of_words_are_none() {
    assert!(found("bathe the other, in into, is issue, `or or`, to-to to").is_empty());
}

//! Which words are looked for together, and that each is found.

use super::{CLUES, Clues, SHORT, TOGETHER, groups};

#[test]
fn groups_are_small_enough_for_one_look_and_keep_short_words_apart() {
    for group in groups() {
        assert!(group.words.len() <= TOGETHER, "{:?}", group.words);
        assert_eq!(group.is_short, group.words.iter().any(|it| it.len() < SHORT));
    }
    let words: usize = groups().iter().map(|it| it.words.len()).sum();
    assert_eq!(words, CLUES.iter().map(|(_, words)| words.len()).sum::<usize>());
}

#[test]
fn every_word_of_every_clue_is_found_in_the_order_of_the_text() {
    for (clue, words) in CLUES {
        let text = format!("é {} é", words.join(" é "));
        let clues = Clues::find(&text);
        let found = clues.places(*clue).iter().filter_map(|it| text.get(it.range()));
        assert_eq!(found.collect::<Vec<_>>(), *words, "{clue:?}");
    }
}

#[test]
fn a_text_without_words_has_no_clues() {
    let clues = Clues::find("Nothing of interest stands here.");
    assert!(CLUES.iter().all(|(clue, _)| clues.places(*clue).is_empty()));
}

//! Edits change the bytes that they name and no other.

use groundplan_syntax::{Edit, Span, apply};
use groundplan_tests::Random;

const TEXT: &str = "Größe: 漢字 und\r\nmehr | Zeilen\n\n- [ ] ä\n";

#[test]
fn edits_leave_all_other_bytes() {
    for seed in 0..500 {
        let edits = disjoint_edits(&mut Random::new(seed));
        let result = apply(TEXT, &edits).expect("they do not overlap");
        assert_eq!(result, rebuilt(&edits), "seed {seed}");
    }
}

#[test]
fn the_order_of_edits_does_not_matter() {
    for seed in 0..200 {
        let edits = disjoint_edits(&mut Random::new(seed));
        let mut reversed = edits.clone();
        reversed.reverse();
        assert_eq!(apply(TEXT, &edits), apply(TEXT, &reversed), "seed {seed}");
    }
}

#[test]
fn edits_that_overlap_or_split_a_character_change_nothing() {
    let at = TEXT.find('ö').expect("it is there");
    for edits in [
        vec![Edit::replace(Span::new(0, 4), "x"), Edit::replace(Span::new(2, 6), "y")],
        vec![Edit::insert(at + 1, "x")],
        vec![Edit::replace(Span::new(0, TEXT.len() + 1), "")],
        vec![Edit::insert(TEXT.len() + 1, "x")],
    ] {
        assert!(apply(TEXT, &edits).is_err(), "{edits:?}");
    }
}

/// Replacements between characters, in order, at least a character apart.
fn disjoint_edits(random: &mut Random) -> Vec<Edit> {
    let borders: Vec<usize> = TEXT.char_indices().map(|it| it.0).chain([TEXT.len()]).collect();
    let mut edits = Vec::new();
    let mut next = 0;
    while next < borders.len() {
        let from = next + random.below(6);
        let to = from + random.below(4);
        let (Some(start), Some(end)) = (borders.get(from), borders.get(to)) else { break };
        let text = ["", "x", "ß\n", "longer than before"][random.below(4)];
        edits.push(Edit::replace(Span::new(*start, *end), text));
        next = to + 1;
    }
    edits
}

/// The slow way: pieces between the edits, then each edit's text.
fn rebuilt(edits: &[Edit]) -> String {
    let mut result = String::new();
    let mut done = 0;
    for edit in edits {
        result.push_str(&TEXT[done..edit.span.range().start]);
        result.push_str(&edit.text);
        done = edit.span.range().end;
    }
    result.push_str(&TEXT[done..]);
    result
}

//! Any edits of any text: refused as a whole, or exactly the named bytes are others.

#![no_main]

use arbitrary::Arbitrary;
use groundplan_syntax::{Edit, Span, apply};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Input {
    text: String,
    edits: Vec<Change>,
}

/// Offsets are small, so that most of them lie in the text, and may stand the wrong way round.
#[derive(Arbitrary, Debug)]
struct Change {
    start: u8,
    end: u8,
    text: String,
}

fuzz_target!(|input: Input| {
    let mut edits: Vec<Edit> = input.edits.iter().map(edit).collect();
    let applied = apply(&input.text, &edits);
    // Two edits at one place keep their order, so the sort must be a stable one.
    edits.sort_by_key(|it| (it.span.start, it.span.end));
    assert_eq!(applied.ok(), rebuilt(&input.text, &edits));
});

fn edit(change: &Change) -> Edit {
    let span = Span { start: change.start.into(), end: change.end.into() };
    Edit { span, text: change.text.clone() }
}

/// The slow way: every character of the text is kept or dropped on its own.
fn rebuilt(text: &str, edits: &[Edit]) -> Option<String> {
    let is_text = |it: &Edit| it.span.start <= it.span.end && text.get(it.span.range()).is_some();
    let is_apart = |pair: &[Edit]| pair[0].span.end <= pair[1].span.start;
    if !edits.iter().all(is_text) || !edits.windows(2).all(is_apart) {
        return None;
    }
    let mut result = String::new();
    let borders = text.char_indices().map(|(at, it)| (at, Some(it))).chain([(text.len(), None)]);
    for (at, character) in borders {
        let here = edits.iter().filter(|it| it.span.start as usize == at);
        here.for_each(|it| result.push_str(&it.text));
        let is_gone = edits.iter().any(|it| it.span.range().contains(&at));
        result.extend(character.filter(|_| !is_gone));
    }
    Some(result)
}

//! Lines of texts whose lengths lie around those of whole blocks.

use super::{BLOCK, LineIndex};

/// Texts of lengths around those of whole blocks, with breaks at every place, at some and at none.
fn texts() -> impl Iterator<Item = String> {
    let lengths = (0..4).flat_map(|blocks| [0, 1, 2, BLOCK - 1].map(|more| blocks * BLOCK + more));
    lengths.flat_map(|length| {
        [1, 2, 7, BLOCK - 1, BLOCK, BLOCK + 1, usize::MAX]
            .map(|every| (1..=length).map(|at| if at % every == 0 { '\n' } else { 'x' }).collect())
    })
}

#[test]
fn breaks_before_an_offset_are_those_that_stand_there() {
    for text in texts() {
        let index = LineIndex::new(&text);
        assert_eq!(index.count(), text.matches('\n').count(), "{text:?}");
        for offset in 0..text.len() + BLOCK + 2 {
            let before = text.get(..offset).unwrap_or(&text).matches('\n').count();
            assert_eq!(index.before(&text, offset), before, "{text:?} at {offset}");
        }
    }
}

#[test]
fn a_line_begins_at_the_start_or_behind_a_break() {
    for text in texts() {
        let index = LineIndex::new(&text);
        let behind = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts: Vec<usize> = std::iter::once(0).chain(behind).collect();
        for (number, start) in starts.iter().enumerate() {
            assert_eq!(index.start(&text, number), Some(*start), "{text:?}: {number}");
        }
        assert_eq!(index.start(&text, starts.len()), None, "{text:?}");
    }
}

//! Questions and cells are written so that they are read again.

use super::{escaped, gap, or_gap, unlinked};

#[test]
fn a_question_holds_no_bracket_that_would_end_it() {
    assert_eq!(gap("which of [A]\n  and [B]?"), "[TBD: which of (A) and (B)?]");
    assert_eq!(or_gap(Some(" - "), "what?"), "[TBD: what?]");
    assert_eq!(or_gap(Some(" words "), "what?"), "words");
}

#[test]
fn a_cell_is_one_line_and_its_bars_are_escaped_once() {
    assert_eq!(escaped("a | b\nc"), "a \\| b c");
    assert_eq!(escaped("a \\| b"), "a \\| b");
    assert_eq!(escaped("  "), "-");
}

#[test]
fn links_of_the_design_leave_their_words() {
    assert_eq!(unlinked("see [States](#states) and [x](a.md), [TBD]"), "see States and x, [TBD]");
    assert_eq!(unlinked("f(x)](y"), "f(x)](y");
}

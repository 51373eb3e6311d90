//! Which fixes are applied.

use groundplan_model::{Certainty, Diagnostic, Fix, Severity};
use groundplan_syntax::{Edit, Source, Span};

use super::apply_fixes;

fn finding(span: (usize, usize), text: &str, certainty: Certainty) -> Diagnostic {
    let span = Span::new(span.0, span.1);
    let mut diagnostic = Diagnostic::new("a-rule", Severity::Error, "a.md", span, "wrong");
    let edits = vec![Edit::replace(span, text)];
    diagnostic.fix(Fix { title: "mend".to_owned(), edits, certainty });
    diagnostic
}

#[test]
fn a_fix_that_overlaps_an_earlier_one_is_left_out() {
    let source = Source::new("a.md", "abcdef");
    let one = finding((0, 3), "1", Certainty::Stated);
    let overlapping = finding((2, 4), "2", Certainty::Stated);
    let other = finding((4, 6), "3", Certainty::Stated);
    let fixed = apply_fixes(&source, &[one, overlapping, other], false);
    assert_eq!((fixed.text.as_str(), fixed.count), ("1d3", 2));
}

#[test]
fn an_unsafe_fix_is_applied_on_demand_only() {
    let source = Source::new("a.md", "abc");
    let guessed = [finding((0, 3), "xyz", Certainty::Guessed)];
    assert_eq!(apply_fixes(&source, &guessed, false).text, "abc");
    assert_eq!(apply_fixes(&source, &guessed, true).text, "xyz");
}

#[test]
fn a_fix_of_another_document_changes_nothing_here() {
    let source = Source::new("b.md", "abc");
    let fixed = apply_fixes(&source, &[finding((0, 3), "xyz", Certainty::Stated)], true);
    assert_eq!((fixed.text.as_str(), fixed.count), ("abc", 0));
}

#[test]
fn a_text_that_was_not_utf8_is_left_as_it_is() {
    let source = Source::from_bytes("a.md", b"ab\xff");
    let fixed = apply_fixes(&source, &[finding((0, 2), "xy", Certainty::Stated)], true);
    assert_eq!(fixed.count, 0);
}

//! Cells by the titles of their columns.

use groundplan_model::lower;
use groundplan_syntax::{Source, Span, parse};

use super::cell;

#[test]
fn cells_are_found_by_a_word_of_their_title() {
    let text = "# A\n\n| Code | Retry-able |\n|---|---|\n| 429 | a \\| b |\n| 500 | Yes |\n";
    let source = Source::new("a.md", text);
    let document = lower(&source, &parse(&source));
    let find = |code: &str| {
        let at = text.find(code).unwrap();
        let found = cell(&document, Span::new(at, at + 3), &["retr"]).unwrap();
        assert_eq!(source.slice(found.span), found.text);
        found.text.to_owned()
    };
    assert_eq!((find("429"), find("500")), ("a \\| b".to_owned(), "Yes".to_owned()));
    assert!(cell(&document, Span::new(0, 1), &["retr"]).is_none());
    assert!(cell(&document, Span::new(5, 9), &["retr"]).is_none(), "the header is no row");
}

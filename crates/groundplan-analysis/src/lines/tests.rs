//! Lines, blocks and items.

use groundplan_model::{Document, lower};
use groundplan_syntax::{Source, parse};

use super::{block, holds, item, numbered, with_words};

fn document(text: &str) -> Document {
    let source = Source::new("a.md", text);
    lower(&source, &parse(&source))
}

#[test]
fn lines_are_found_by_their_words_once_and_trimmed() {
    let document = document("# A\r\n\r\n  one two one  \r\nthree\r\n");
    let found = with_words(&document, &["one", "two"]);
    let texts: Vec<_> = found.iter().map(|it| (it.text, it.span.start)).collect();
    assert_eq!(texts, [("one two one", 9)]);
    assert!(
        holds(document.source.text(), &["four", "three"])
            && !holds(document.source.text(), &["four"])
    );
}

#[test]
fn a_block_is_what_stands_between_its_fences() {
    let document = document("# A\n\n```sh\none\ntwo\n```\n\nthree\n");
    let line = with_words(&document, &["two"])[0];
    assert_eq!(document.source.slice(block(&document, line)).trim(), "one\ntwo");
}

#[test]
fn items_lose_their_marks() {
    assert_eq!(item("- [ ] Ship it"), Some("Ship it"));
    assert_eq!(item("12. Ship it"), Some("Ship it"));
    assert_eq!(item("-Ship it"), None);
    assert_eq!(numbered(". Ship it"), None);
}

//! Forms by place.

use groundplan_syntax::{Source, Span, parse};

use crate::lower;

#[track_caller]
fn check(text: &str, expected: &[(&str, &str)]) {
    let source = Source::new("design.md", text);
    let document = lower(&source, &parse(&source));
    let form = |needle: &str| {
        let at = text.find(needle).expect("the text holds it");
        document.form_of(Span::new(at, at + needle.len())).as_str()
    };
    let found: Vec<(&str, &str)> = expected.iter().map(|(it, _)| (*it, form(it))).collect();
    assert_eq!(found, expected);
}

#[test]
fn the_innermost_block_gives_the_form() {
    check(
        "---\nkey: one\n---\n\n# two\n\nthree words\n\n- four\n  - five\n\n  ```\n  six\n  ```\n\n  \
         seven\n\n> eight\n\n| nine |\n|---|\n| ten |\n\neleven\n",
        &[
            ("one", "front_matter"),
            ("two", "heading"),
            ("three", "prose"),
            ("four", "bullet"),
            ("five", "bullet"),
            ("six", "fence"),
            ("seven", "bullet"),
            ("eight", "quote"),
            ("nine", "table"),
            ("ten", "table"),
            ("eleven", "prose"),
        ],
    );
}

#[test]
fn a_bold_label_makes_a_line_a_field() {
    check(
        "# A\n\n**Status:** one\n**Owner**: two\n**Bold** three\n",
        &[("one", "lines"), ("two", "lines"), ("three", "prose")],
    );
}

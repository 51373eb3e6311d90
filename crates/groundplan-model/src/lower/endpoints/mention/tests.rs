//! Where a method and a path belong together.

use groundplan_syntax::{Source, parse};

use crate::lower;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let source = Source::new("design.md", text);
    let document = lower(&source, &parse(&source));
    let found = document.mentions.iter().map(|it| format!("{} {}", it.method.as_str(), it.path));
    assert_eq!(found.collect::<Vec<_>>(), expected, "{text}");
}

#[test]
fn a_line_may_end_between_method_and_path() {
    check(
        "Clients poll [`GET\n/orders/{id}`](https://example.com) often.\n",
        &["GET /orders/{id}"],
    );
    check("> Then they `DELETE\n> /orders/{id}`.\n", &["DELETE /orders/{id}"]);
}

#[test]
fn a_paragraph_may_not() {
    check("What they GET\n\n/nothing is of no account.\n", &[]);
    check("What they GET\nis of no account: /orders.\n", &[]);
}

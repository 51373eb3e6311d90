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

#[test]
fn the_end_of_a_links_text_ends_a_path() {
    check("* [POST /orders/{id}](https://example.com/x) places one\n", &["POST /orders/{id}"]);
    check(
        "See [GET /orders] and GET /[resource]/{id}.\n",
        &["GET /orders", "GET /[resource]/{id}"],
    );
}

#[test]
fn a_word_may_lead_from_the_method_to_the_path() {
    check("1. Submit via POST to `/api/jobs` first\n", &["POST /api/jobs"]);
    check("They POST to the queue at /jobs.\n", &[]);
}

#[test]
fn a_path_whose_parameter_is_cut_is_none() {
    check("It takes `GET /orders/{id` and `GET /orders/{id|name}`.\n", &[]);
}

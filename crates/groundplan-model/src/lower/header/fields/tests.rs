//! Which lines at the top are fields, and how far their values reach.

use groundplan_syntax::{Source, parse};

use crate::lower;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let source = Source::new("design.md", text);
    let document = lower(&source, &parse(&source));
    let fields = document.header.iter().map(|it| format!("{} = {}", it.key, it.value.text));
    assert_eq!(fields.collect::<Vec<_>>(), expected);
}

#[test]
fn a_list_of_plain_keys_at_the_top_is_a_header() {
    check(
        "- Feature Name: `quota`\n- Start Date: 2026-01-31\n- RFC PR: [#7](https://e.com/7)\n\n\
         # Summary\n\nWords.\n",
        &["Feature Name = quota", "Start Date = 2026-01-31", "RFC PR = [#7](https://e.com/7)"],
    );
    check("# T\n\n- A note: one of two\n- nothing else\n", &[]);
    check("# T\n\nWords.\n\n- Start Date: 2026-01-31\n- Feature Name: quota\n", &[]);
}

#[test]
fn a_long_line_goes_on_in_the_next_one() {
    check(
        "# T\n\n**Summary:** What this document proposes is a quota of orders a day for\n\
         each customer.\n\n**Status:** Draft\nof three pages\n",
        &[
            "Summary = What this document proposes is a quota of orders a day for each customer.",
            "Status = Draft",
        ],
    );
}

#[test]
fn the_fields_of_a_task_are_not_those_of_its_list() {
    check("# Tasks\n\n## T-001: Store\n\n**Status**: [ ] pending\n**Estimate**: 2 h\n", &[]);
}

#[test]
fn front_matter_may_stand_below_the_title() {
    check(
        "# Tasks\n\n---\ntotal: 15\nmode: tests first\n---\n\n**Status**: Planning\n\n## A\n",
        &["total = 15", "mode = tests first", "Status = Planning"],
    );
}

//! Which words at the start of an item are its id.

use groundplan_syntax::{Source, parse};

use crate::lower;

#[track_caller]
fn check(text: &str, expected: Option<&str>) {
    let source = Source::new("tasks.md", &format!("- [ ] {text}\n"));
    let document = lower(&source, &parse(&source));
    let found = document.checklist.first().and_then(|it| it.id.as_deref());
    assert_eq!(found, expected, "{text}");
}

#[test]
fn numbers_and_letters_with_a_number_are_ids() {
    check("1.2 Draw the chart", Some("1.2"));
    check("**T003** [P] Draw the chart", Some("T003"));
    check("DX-12: Draw the chart", Some("DX-12"));
    check("3 charts are drawn", None);
    check("2026-01-31: Draw the chart", None);
}

#[test]
fn the_id_of_a_milestone_is_set_off() {
    check("M1: Contract", Some("M1"));
    check("**M1 — Contract.** Agree on it", Some("M1"));
    check("**M2** - Endpoint", Some("M2"));
    check("**M4a: Chart**", Some("M4a"));
    check("M4 screws fit", None);
}

#[test]
fn a_task_that_may_be_left_out_has_a_box() {
    let source = Source::new("tasks.md", "- [ ]* 1.2 Write tests\n- [x]* 1.3 More\n- [a]* b\n");
    let document = lower(&source, &parse(&source));
    let found: Vec<(&str, &str)> = document
        .checklist
        .iter()
        .map(|it| (it.id.as_deref().unwrap_or(""), it.text.text.as_str()))
        .collect();
    assert_eq!(found, [("1.2", "1.2 Write tests"), ("1.3", "1.3 More")]);
}

//! Which items and headings are questions, and whether they are answered.

use groundplan_syntax::{Source, parse};

use crate::lower;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let source = Source::new("design.md", text);
    let document = lower(&source, &parse(&source));
    let shown = |answered: bool| if answered { "answered" } else { "open" };
    let found: Vec<&str> = document.questions.iter().map(|it| shown(it.answered)).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_heading_is_a_question_and_its_lists_are_options() {
    let text = "## Open Questions\n\n### Q1: Which store?\n\n1. SQLite\n2. PostgreSQL\n\n\
                **Decision**: SQLite\n\n### Q2: Which key?\n\n- UUID\n";
    check(text, &["answered", "open"]);
}

#[test]
fn items_are_questions_where_no_heading_asks() {
    check("## Open Questions\n\n- Which store?\n- ~~Which key?~~\n", &["open", "answered"]);
}

#[test]
fn clarifications_are_questions_with_their_answers() {
    let text = "## Clarifications\n\n### Session 2026-01-05\n\n- Q: Which store? → A: SQLite\n\
                - Q: Which key?\n";
    check(text, &["answered", "open"]);
    check(
        "## Clarifications Resolved\n\n### Question 1: Store\n\n**Decision**: SQLite\n",
        &["answered"],
    );
}

#[test]
fn a_task_about_questions_asks_none() {
    check("### T-6: Ask follow-up questions\n\n- Return three\n- Which growth?\n", &[]);
}

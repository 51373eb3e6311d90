//! What is text that nobody filled in, and what only looks like it.

use groundplan_syntax::{Source, parse};

use crate::lower;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let source = Source::new("design.md", text);
    let document = lower(&source, &parse(&source));
    let found: Vec<&str> = document.placeholders.iter().map(|it| it.text.text.as_str()).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_lone_todo_is_one() {
    check("# Design\n\n## History\n\nTODO\n", &["TODO"]);
    check("# Design\n\n## Upgrade\n\nTODO for the platform team\n", &["TODO"]);
    check("# Design\n\n## Style\n\n- TODO, FIXME and other marks\n", &[]);
    check("# Design\n\n**Mitigation:** TODO\n", &["TODO"]);
    check("A TODO list is kept.\n", &[]);
    check("It looks for: TODO marks\n", &[]);
}

#[test]
fn what_is_to_be_done_is_one() {
    check("- **Owner**: [To be assigned]\n", &["[To be assigned]"]);
}

#[test]
fn a_mark_that_is_spoken_of_is_none() {
    check("- [x] No [NEEDS CLARIFICATION] markers remain\n", &[]);
    check("- `x`\n- [NEEDS CLARIFICATION] markers show doubts\n", &[]);
    check("- $ARGUMENTS pattern\n- {{args}} pattern\n", &[]);
    check("Three [NEEDS CLARIFICATION] points were resolved\n", &[]);
    check("- Doubts are marked with [NEEDS CLARIFICATION]\n", &[]);
    check("- Which store? [NEEDS CLARIFICATION: size?]\n", &["[NEEDS CLARIFICATION: size?]"]);
}

#[test]
fn tags_boxes_and_filled_brackets_are_none() {
    check("**[Risk]** The build may fail\n", &[]);
    check("- **[Story]**: Which story it belongs to\n", &[]);
    check("[X] The owners agree\n", &[]);
    check("## Phase 1 [Status: PENDING]\n", &[]);
}

#[test]
fn a_date_of_a_template_is_a_value_and_not_a_format() {
    check("**Date:** YYYY-MM-DD\n", &["YYYY-MM-DD"]);
    check("- updated: when it was changed (YYYY-MM-DD)\n", &[]);
}

#[test]
fn in_a_template_every_bracket_is_a_place() {
    let rows = "- Goal: [Describe the goal]\n".repeat(10);
    let text = format!(
        "# Design\n\n{rows}\n- Stack: [Tech stack], [<Xms], [INFO/DEBUG]\n- See [the list](a.md), [^1]\n\n\
         ```text\n[What the boxes show here]\na[0] = list[Entity]\n```\n"
    );
    let mut expected = vec!["[Describe the goal]"; 10];
    expected.extend(["[Tech stack]", "[<Xms]", "[INFO/DEBUG]", "[What the boxes show here]"]);
    check(&text, &expected);
}

#[test]
fn brackets_of_a_documents_own_are_none() {
    let rows =
        "- Goal: [Describe the goal]\n- [Alpha] it runs\n- [Beta] it walks\n- [Gamma] it flies\n";
    check(&format!("# Design\n\n{}", rows.repeat(10)), &["[Describe the goal]"; 10]);
}

#[test]
fn a_value_that_says_it_is_a_placeholder_is_one() {
    let text = "- **Tasks**: (placeholder - filled by the planner)\n";
    check(text, &["(placeholder - filled by the planner)"]);
    check("The image (placeholder until loaded) is small\n", &[]);
}

#[test]
fn what_a_template_of_spec_kit_leaves_open_is_one() {
    check("**Storage**: NEEDS CLARIFICATION\n", &["NEEDS CLARIFICATION"]);
    check("Ask where a part NEEDS CLARIFICATION.\n", &[]);
    check("**Input**: \"$ARGUMENTS\"\n", &["$ARGUMENTS"]);
    check("**Branch**: `[###-feature-name]`\n", &["[###-feature-name]"]);
    check("**Language**: [e.g., Rust 1.90]\n", &["[e.g., Rust 1.90]"]);
    check("System MUST [specific ability, e.g., share]\n", &["[specific ability, e.g., share]"]);
}

//! Headings, bold lines and rows of phases.

use groundplan_syntax::{Source, parse};

use crate::lower;

/// `title [ticket, points] files` for each phase of a document.
fn phases(text: &str) -> Vec<String> {
    let source = Source::new("design.md", text);
    let document = lower(&source, &parse(&source));
    let shown = document.phases.iter().map(|it| {
        let ticket = it.ticket.as_deref().unwrap_or("-");
        let points = it.points.map_or("-".to_owned(), |it| it.to_string());
        let files: Vec<&str> = it.files.iter().map(|it| it.text.as_str()).collect();
        format!("{} [{ticket}, {points}] {}", it.title, files.join(" ")).trim_end().to_owned()
    });
    shown.collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(phases(text), expected);
}

#[test]
fn a_heading_has_ticket_points_and_files() {
    check(
        "# T\n\n#### Phase 1: Storage (ORD-12) - 5 story points\n\n**Tasks:**\n- `a`\n\n\
         **Files:**\n- `src/db.rs` (new) - see `x`\n- `src/api.rs`\n\n#### Phase 2a - API - 3 points\n",
        &["Phase 1: Storage [ORD-12, 5] src/db.rs src/api.rs", "Phase 2a - API [-, 3]"],
    );
}

#[test]
fn bold_lines_and_rows_are_phases() {
    check(
        "# T\n\n**Milestone 3: Beta**\n\n| Phase | Duration | Ticket |\n|---|---|---|\n\
         | 1 | 2 days | #34 |\n| Total | 9 days | |\n",
        &["Milestone 3: Beta [-, -]", "Phase 1 [#34, -]"],
    );
}

#[test]
fn words_that_begin_like_a_phase_are_none() {
    check(
        "# T\n\n## Phased rollout\n\n## Stage design\n\n## Phases\n\n\
         | Stage | Meaning |\n|---|---|\n| queued | waits |\n",
        &[],
    );
}

#[test]
fn a_title_has_no_state_and_files_may_stand_on_one_line() {
    check(
        "# T\n\n## Phase 1: Storage of orders ✅ Complete\n\n**Files:** `src/db.rs`, `src/api.rs`\n",
        &["Phase 1: Storage of orders [-, -] src/db.rs src/api.rs"],
    );
}

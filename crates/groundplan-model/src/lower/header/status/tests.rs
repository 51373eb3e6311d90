//! Spellings of real use: state, detail and date.

use groundplan_syntax::{Source, parse};

use crate::lower;

/// `state; detail; date` of the status in a header.
#[track_caller]
fn check(raw: &str, expected: &str) {
    let source = Source::new("design.md", &format!("# T\n\n**Status**: {raw}\n\n## A\n"));
    let status = lower(&source, &parse(&source)).status.expect("a status");
    let word = |it: Option<String>| it.unwrap_or_else(|| "-".to_owned());
    let state = status.state.map_or("-", |it| it.as_str());
    assert_eq!(format!("{state}; {}; {}", word(status.detail), word(status.date)), expected);
}

#[test]
fn what_follows_the_state_is_its_detail() {
    check("Draft", "draft; -; -");
    check("In Progress (6/8 tasks complete)", "in_progress; 6/8 tasks complete; -");
    check(
        "✅ Implemented (2026-07-31) — 3 rounds",
        "implemented; (2026-07-31) — 3 rounds; 2026-07-31",
    );
    check("Complete (2026-03-01)", "implemented; 2026-03-01; 2026-03-01");
    check("Closed - Superseded by PRD #345", "superseded; by PRD #345; -");
}

#[test]
fn boxes_signs_and_words_before_the_state_are_read_over() {
    check("[x] completed", "implemented; -; -");
    check("[ ] pending", "planned; -; -");
    check("✅ ALL TASKS COMPLETE (2025-11-10)", "implemented; 2025-11-10; 2025-11-10");
    check("⏳ Kinds landed", "in_progress; Kinds landed; -");
    check("12/12 tasks completed (100%)", "implemented; 100%; -");
}

#[test]
fn an_arrow_leads_to_the_state() {
    check("STUB → IMPL (agent only)", "implemented; agent only; -");
    check("Implemented. Commits 8d44fa4 → 54197af", "implemented; Commits 8d44fa4 → 54197af; -");
}

#[test]
fn choices_and_unknown_words_have_no_state() {
    check("DRAFT | IN_REVIEW | APPROVED", "-; DRAFT | IN_REVIEW | APPROVED; -");
    check("Implementation Guide", "-; Implementation Guide; -");
}

/// The state that a heading tells.
#[track_caller]
fn check_heading(text: &str, expected: Option<&str>) {
    let source = Source::new("design.md", text);
    let status = lower(&source, &parse(&source)).status;
    assert_eq!(status.and_then(|it| it.state).map(|it| it.as_str()), expected, "{text}");
}

#[test]
fn a_heading_may_end_in_the_status() {
    check_heading(
        "# P\n\n## 🎯 Implementation Status: **BOTH PARTS COMPLETE** ✅\n",
        Some("implemented"),
    );
    check_heading("# P\n\n## Order status: shipped\n", None);
}

#[test]
fn a_title_may_say_that_it_holds_no_more() {
    check_heading("# 004 — OUTDATED Use one table\n", Some("superseded"));
    check_heading("# 004 — Remove deprecated tables\n", None);
    check_heading("# DEPRECATED FIELDS\n", None);
}

#[test]
fn a_title_of_a_lower_level_may_stand_above_the_status() {
    let front = "---\ntitle: Use one store\n---\n";
    let body = "## ADR 7 — Use one store\n\n- Status: Decided\n- Date: 2026-01-31\n\n## Drivers\n";
    check_heading(&format!("{front}{body}"), Some("approved"));
    check_heading(body, Some("approved"));
    check_heading("- Start: 2026\n\n## Summary\n\n- Status: Decided\n\n## Text\n", None);
}

#[test]
fn the_whole_line_of_a_status_may_be_bold() {
    check_heading("# P\n\n**Status: Complete**\n\n## Text\n", Some("implemented"));
    check_heading("# P\n\n**Plan Status:** Draft\n\n## Text\n", Some("draft"));
}

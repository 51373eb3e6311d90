//! Which numbers are targets, and how they are read.

use groundplan_syntax::{Source, parse};

use crate::document::Comparator;
use crate::lower;

/// `name < value unit` for each target of a document.
fn targets(text: &str) -> Vec<String> {
    let source = Source::new("design.md", text);
    let document = lower(&source, &parse(&source));
    let shown = document.targets.iter().filter_map(|it| {
        let bound = it.quantity.as_ref()?;
        let sign = match bound.comparator {
            Comparator::Less => "<",
            Comparator::AtMost => "<=",
            Comparator::Greater => ">",
            Comparator::AtLeast => ">=",
            Comparator::Equal => "=",
        };
        Some(format!("{} {sign} {} {:?}", it.name.text, bound.value, bound.unit))
    });
    shown.collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(targets(text), expected);
}

#[test]
fn an_item_promises_as_often_as_it_states_a_bound() {
    let text = "- Queries: <100ms from memory, <1s from disk, for <1000 files\n";
    check(text, &["Queries < 100 Milliseconds", "Queries < 1000 Milliseconds"]);
}

#[test]
fn a_line_that_begins_with_its_bound_says_behind_it_what_it_is_on() {
    let goals = "# T\n\n## Success Criteria\n\n";
    let check = |item: &str, expected| check(&format!("{goals}{item}\n"), &[expected]);
    check("- 90%+ test coverage (unit)", "test coverage >= 90 Percent");
    check("- [ ] 90% of queries take one call", "queries take one call = 90 Percent");
    check("- ✅ **<1 second**: Scan of all rows", "Scan of all rows < 1000 Milliseconds");
}

#[test]
fn a_role_of_a_sentence_is_no_name_and_what_leads_on_ends_none() {
    let goals = "# T\n\n## Success Criteria\n\n";
    let check = |item: &str, expected: &[&str]| check(&format!("{goals}{item}\n"), expected);
    check(
        "- **Acceptance:** Queries end in < 100ms with an index, < 1s without",
        &["Queries end < 100 Milliseconds", "Queries end < 1000 Milliseconds"],
    );
    check("- **Target**: < 3 s", &["Target < 3000 Milliseconds"]);
    check("- All cases pass with 90% coverage", &["coverage = 90 Percent"]);
    check("- **Overall: 92% coverage**", &["Overall coverage = 92 Percent"]);
    check(
        "- ≥90% recall, ≤10% wrong classes",
        &["recall >= 90 Percent", "wrong classes <= 10 Percent"],
    );
    check("- `run --all` answers in < 2 s", &["run --all answers < 2000 Milliseconds"]);
}

#[test]
fn a_line_that_runs_on_is_named_by_the_one_above() {
    check(
        "# T\n\n## Performance\n\n- Metric `plugin_seconds`\n  <= 100ms on 90-percentile.\n",
        &["Metric plugin_seconds <= 100 Milliseconds"],
    );
}

#[test]
fn a_range_has_one_bound_and_no_part_of_it_is_a_name() {
    check("## Success Criteria\n\n- Views shrink by 60-90%\n", &["Views shrink by = 90 Percent"]);
    let table = "| Metric | Target |\n|--|--|\n";
    check(&format!("{table}| Latency | 100-200ms |\n"), &["Latency <= 200 Milliseconds"]);
    check(&format!("{table}| Size | 2-4 KB |\n"), &["Size = 4000 Bytes"]);
}

#[test]
fn what_is_denied_is_bounded_the_other_way_round() {
    let goals = "# T\n\n## Success Criteria\n\n";
    let check = |item: &str, expected: &str| check(&format!("{goals}{item}\n"), &[expected]);
    check("- Memory should not grow by more than 5%", "Memory should not grow by <= 5 Percent");
    check("- Uptime never falls below 99%", "Uptime never falls >= 99 Percent");
}

#[test]
fn a_condition_is_no_target() {
    check("## Success Criteria\n\n- If one matches (score > 80%)\n", &[]);
}

#[test]
fn a_name_has_neither_box_nor_sign_before_it() {
    let goals = "# T\n\n## Success Criteria\n\n";
    let check = |item: &str, expected| check(&format!("{goals}{item}\n"), &[expected]);
    check("- [x] Answers in < 2 s", "Answers < 2000 Milliseconds");
    check("- ✅ Answers in < 2 s", "Answers < 2000 Milliseconds");
    check("- ⚠️ **Answers**: < 2 s", "Answers < 2000 Milliseconds");
}

#[test]
fn a_comparison_may_follow_the_number() {
    check("- 応答は3秒以内\n", &["応答は <= 3000 Milliseconds"]);
    check("- Success rate: 95%+\n", &["Success rate >= 95 Percent"]);
}

#[test]
fn a_bare_share_counts_where_the_item_says_what_it_is_of() {
    check("- Unit tests → 90% coverage\n", &["Unit tests coverage = 90 Percent"]);
    check("- 90% of the work is reading\n", &[]);
}

#[test]
fn a_share_in_brackets_tells_what_is() {
    check("- store.rs (150 lines, 90% coverage)\n", &[]);
    check("- store.rs (coverage target: 90%)\n", &["store.rs (coverage target = 90 Percent"]);
}

#[test]
fn estimates_sizes_and_preconditions_are_no_targets() {
    check("- Mock with a latency of ~500ms\n", &[]);
    check("- Syncs everything in 25+ min\n", &[]);
    check("- **Given** a queue older than >5 minutes\n", &[]);
    check("- **WHEN** more than 100 requests per minute arrive\n", &[]);
    let text = "1. WHEN it is asked THE shop SHALL answer within 2 seconds\n";
    check(text, &["WHEN it is asked THE shop SHALL answer <= 2000 Milliseconds"]);
}

#[test]
fn the_line_above_a_list_says_that_it_holds_shares() {
    let text = "**Coverage by kind**:\n- Unit tests: 87% (40 tests)\n";
    check(text, &["Unit tests = 87 Percent"]);
}

#[test]
fn rows_of_requirements_promise_where_they_compare() {
    let text = "| ID | Requirement |\n|--|--|\n| FR-1 | Search < 2 s |\n| FR-2 | Keep 30 s |\n\
                | NFR-1 | Progress every 500ms |\n";
    check(text, &["Search < 2 s < 2000 Milliseconds", "Progress every 500ms = 500 Milliseconds"]);
}

#[test]
fn a_cell_may_promise_twice() {
    let text = "| Metric | Target |\n|--|--|\n| Grouping | ≤ 10 s cold, ≤ 2 s warm |\n";
    check(text, &["Grouping <= 10000 Milliseconds", "Grouping <= 2000 Milliseconds"]);
}

#[test]
fn ids_versions_and_arrows_are_read_over() {
    check("- FR-12 of v1.4.2 -> 5 min later\n", &[]);
}

#[test]
fn a_paragraph_promises_where_its_words_bind() {
    check("**Coverage Target**: 90% (logic)\n", &["Coverage Target = 90 Percent"]);
    check(
        "The service SHALL answer within 2 seconds.\n",
        &["The service SHALL answer <= 2000 Milliseconds"],
    );
    check("Today it takes more than 5 seconds.\n\n**Estimated effort**: < 2 hours\n", &[]);
    check("## Success Criteria\n\nSearch: < 2 s\n", &["Search < 2000 Milliseconds"]);
}

#[test]
fn a_heading_promises_where_it_names_what_it_measures() {
    check("### Unit Tests (95%+ Coverage)\n", &["Unit Tests >= 95 Percent"]);
    check("### Unit Tests (95% coverage)\n", &["Unit Tests coverage = 95 Percent"]);
    check("### Week 2 (< 3 hours)\n", &[]);
}

#[test]
fn shares_in_brackets_promise_below_goals() {
    let text = "## Measurable Outcomes\n\n- No loss (100% of orders stay)\n";
    check(text, &["No loss = 100 Percent"]);
}

#[test]
fn versions_and_what_was_are_no_goals() {
    check(
        "## Success Criteria\n\n- GPUs (CUDA 6.1+)\n- 5+ users (2+ of them new)\n",
        &["users >= 5 Count"],
    );
    let text = "## Success Criteria\n\n- 95%+ success rate (vs 40% before)\n";
    check(text, &["success rate >= 95 Percent"]);
}

#[test]
fn a_share_of_change_and_a_hyphen_before_the_unit_are_read() {
    check("- Reduce the length by 50%\n", &["Reduce the length by = 50 Percent"]);
    check("- Keep a sub-3-second page load\n", &["Keep < 3000 Milliseconds"]);
    check("- Performance tests: T-1 (2 hours)\n", &[]);
}

#[test]
fn a_column_of_wanted_coverage_holds_targets() {
    let text = "| Part | Tests | Target Coverage |\n|--|--|--|\n| Store | 12 | 90% |\n";
    check(text, &["Store = 90 Percent"]);
}

#[test]
fn what_was_is_replaced_and_mocked_is_no_target() {
    check("- **Coverage**: 48% → 90% at last\n", &["Coverage = 90 Percent"]);
    check("- Mock the API with a latency of 50-100ms\n", &[]);
    let text = "## Success Criteria\n\n- Prompt ≤20KB (achieved: 19KB, 44% less)\n";
    check(text, &["Prompt <= 20000 Bytes"]);
    check("- Slow performance: cache the results (5 min TTL)\n", &[]);
    check("- Compress files > 1MB\n", &[]);
    check("### Risk 1: Coverage below 80%\n", &[]);
}

#[test]
fn a_number_right_behind_target_is_one() {
    check("- Target 80% self-service\n", &["Target = 80 Percent"]);
    check(
        "**Independent Test**: It is found within 2 hours\n",
        &["Independent Test <= 7200000 Milliseconds"],
    );
    check("**Then** it ends in < 30 seconds\n", &["it ends < 30000 Milliseconds"]);
}

#[test]
fn a_share_of_requests_is_the_percentile_of_their_time() {
    check(
        "- 95% of requests answer in under 200 ms\n",
        &["95% of requests answer < 200 Milliseconds"],
    );
}

#[test]
fn a_count_may_be_the_load_under_which_a_bound_holds() {
    let text = "## Performance Targets\n\n- History: < 30 s for 20+ years\n- 50+ users at once\n";
    check(text, &["History < 30000 Milliseconds", "users at once >= 50 Count"]);
}

#[test]
fn a_cell_bounds_what_its_row_measures_or_says_that_it_is_a_target() {
    let rows = "| Concern | Answer |\n|--|--|\n| Build | in parts; target < 5 min |\n\
                | Query latency | indexed, <= 2 s |\n| Size | < 3 MB |\n";
    check(
        &format!("## Performance\n\n{rows}"),
        &["Build < 300000 Milliseconds", "Query latency <= 2000 Milliseconds"],
    );
    check(&format!("## Notes\n\n{rows}"), &["Build < 300000 Milliseconds"]);
}

#[test]
fn a_target_and_its_requirement_in_one_row_are_one() {
    let text =
        "| Requirement | Target |\n|--|--|\n| NFR-1 | Load time < 60 s |\n| NFR-2 | 50+ users |\n";
    check(text, &["NFR-1 < 60000 Milliseconds", "NFR-2 >= 50 Count"]);
}

#[test]
fn what_a_document_is_about_makes_no_goals() {
    check("# Performance of tests\n\n## Decisions\n\n- Runs are 30% shorter\n", &[]);
    check("# Shop\n\n## Performance\n\n- No impact (~15-25ms a request)\n", &[]);
    check(
        "# Shop\n\n## Performance\n\n* Target: **<10s** for 50k files; **≤512\u{202f}MiB** of memory\n",
        &["Target < 10000 Milliseconds", "memory <= 536870912 Bytes"],
    );
}

#[test]
fn what_was_measured_is_no_target() {
    check("- `src/store` coverage: `2026-01-31` - `84.8%`\n", &[]);
    check("- `src/store` coverage: `<80%>`\n", &[]);
    check("- Availability: 99.9%\n", &["Availability = 99.9 Percent"]);
    check("- Coverage target: 82.5%\n", &["Coverage target = 82.5 Percent"]);
    let text = "## Service level objectives\n\n- 99% percentile of the delay is <= 15s\n";
    check(text, &["99% percentile of the delay <= 15000 Milliseconds"]);
}

#[test]
fn what_happens_at_once_is_counted() {
    check(
        "- The shop MUST support at least 500 concurrent users\n",
        &["The shop MUST support >= 500 Count"],
    );
    let text = "## Success Criteria\n\n- It handles 1000 concurrent users, 12 of them new\n";
    check(text, &["It handles = 1000 Count"]);
    check("- Measured with 100 concurrent requests\n", &[]);
}

#[test]
fn a_rate_may_be_of_anything_and_a_number_of_thousands() {
    check("- Performance: 100K+ messages/sec\n", &["Performance >= 100000 PerSecond"]);
    check("- It MUST do at least 20 jobs per minute\n", &["It MUST do >= 20 PerMinute"]);
    check("- Sort by 2 keys/sections\n", &[]);
}

//! Which ids define a requirement, and which cite one.

use groundplan_syntax::{Source, parse};

use crate::lower;

#[track_caller]
fn check(text: &str, defined: &[&str], cited: &[&str]) {
    let source = Source::new("notes.md", text);
    let document = lower(&source, &parse(&source));
    let own: Vec<&str> = document.requirements.iter().map(|it| it.id.text.as_str()).collect();
    let others: Vec<&str> = document.requirement_refs.iter().map(|it| it.text.as_str()).collect();
    assert_eq!((own.as_slice(), others.as_slice()), (defined, cited));
}

#[test]
fn criteria_are_numbered_below_their_requirement_in_any_language() {
    check("### Requirement 2: Search\n\n1. It finds\n2. It sorts\n", &["2", "2.1", "2.2"], &[]);
    let text = "### 要件1: 検索\n\n#### 受け入れ基準\n1. 見つける\n";
    check(text, &["1", "1.1"], &[]);
}

#[test]
fn milestones_questions_and_screens_are_no_requirements() {
    check("- **M1: Store**\n- **M2: Search**\n", &[], &[]);
    check("### Q1: Which store?\n\n### Q2: Which key?\n", &[], &[]);
    check("- E2E tests pass\n", &[], &[]);
}

#[test]
fn ids_of_a_teams_own_prefix_count_where_there_are_several() {
    check("- SHOP-12: Search\n- SHOP-13: Sort\n", &["SHOP-12", "SHOP-13"], &[]);
}

#[test]
fn dependencies_are_citations() {
    let text = "**Requirement ID:** SHOP-1\n\n## Dependencies\n\n- SHOP-2: Index\n- SHOP-3: List\n";
    check(text, &["SHOP-1"], &["SHOP-2", "SHOP-3"]);
}

#[test]
fn ids_like_the_headers_are_of_other_documents() {
    let text = "**Requirement ID:** SHOP-1\n\n## Scenario\n\n- SHOP-2: \"Index\"\n- SHOP-3: \"List\"\n\
                - FR-1: It finds\n";
    check(text, &["SHOP-1", "FR-1"], &["SHOP-2", "SHOP-3"]);
}

#[test]
fn a_story_about_dependencies_is_no_citation() {
    check("### US-2: Dependency Tracing\n\n- **AC-1**: It\n", &["US-2", "AC-1"], &[]);
}

#[test]
fn the_name_of_a_folder_is_no_citation() {
    check("See EPIC-2025-Q4-shop and FR-7.\n", &[], &["FR-7"]);
}

#[test]
fn a_range_cites_its_ends() {
    check("- AC-US1-01 through AC-US1-05 (commands)\n", &[], &["AC-US1-01", "AC-US1-05"]);
    check("Covers FR-023-028 and AC-001-002.\n", &[], &["FR-023", "FR-028", "AC-001-002"]);
    check("- [ ] 1. Task\n  _Requirements: 2.1-2.6, 3.1_\n", &[], &["2.1", "2.6", "3.1"]);
    check("| Requirement | Flow |\n|--|--|\n| 1.1–1.4 | Chat |\n", &[], &["1.1", "1.4"]);
}

#[test]
fn numbers_are_cited_by_word_by_list_and_by_table() {
    check("Fast (requirement 6.1), since requirement 2026.\n", &[], &["6.1"]);
    check("- [ ] 1. Task\n  _Requirements: 1.1, 2.3_\n", &[], &["1.1", "2.3"]);
    check("- [ ] 1. Task\n  _Requirements: FR-1, FR-2_\n", &[], &["FR-1", "FR-2"]);
    check("| Field | Detail |\n|--|--|\n| Requirements | 1, 3 |\n", &[], &["1", "3"]);
}

#[test]
fn a_letter_tells_variants_apart() {
    check(
        "| ID | Covers |\n|--|--|\n| FR-1 | BR-2.5a, BR-2.5b |\n",
        &["FR-1"],
        &["BR-2.5a", "BR-2.5b"],
    );
}

#[test]
fn a_design_cites_what_the_requirements_define() {
    let text = "# Technical Design\n\n## Invariants\n\n- **BR-1.3:** no second store\n";
    check(text, &[], &["BR-1.3"]);
    let text =
        "# Technical Design\n\n## Requirements\n\n- **FR-1**: Search\n\n## Parts\n\n- FR-2: x\n";
    check(text, &["FR-1"], &["FR-2"]);
    check("# Implementation Plan\n\n**Requirement ID:** SHOP-1\n", &[], &["SHOP-1"]);
}

#[test]
fn a_table_of_traces_defines_nothing() {
    check("| PRD | Tickets |\n|--|--|\n| FR-1 | T1 |\n", &[], &["FR-1"]);
    check("## Traceability\n\n| PRD | Where |\n|--|--|\n| FR-1 | T1 |\n", &[], &["FR-1"]);
}

#[test]
fn the_box_of_a_criterion_may_have_any_mark() {
    check("- [~] **AC-1**: Half done\n- [ ] **AC-2**: Open\n", &["AC-1", "AC-2"], &[]);
}

#[test]
fn what_is_ticked_at_the_end_of_a_plan_defines_nothing() {
    let text = "# Implementation Plan\n\n## Success Criteria\n\n- [ ] US4 (Security) complete\n";
    check(text, &[], &["US4"]);
}

#[test]
fn requirements_of_kiro_may_go_without_the_word() {
    let text = "# Requirements Document\n\n## Requirements\n\n### 2. Search\n\n\
                #### Acceptance Criteria\n\n2.1. When asked, it finds.\n2.2. It sorts.\n\n\
                ### Requirement 3\n\n1. It ends\n";
    let source = Source::new(".kiro/specs/shop/requirements.md", text);
    let document = lower(&source, &parse(&source));
    let own: Vec<&str> = document.requirements.iter().map(|it| it.id.text.as_str()).collect();
    assert_eq!(own, ["2", "2.1", "2.2", "3", "3.1"]);
    check("## Requirements\n\n### 2. Search\n", &[], &[]);
}

#[test]
fn entries_of_a_yaml_block_are_requirements_of_a_document_about_them() {
    let block = "```yaml\nbrd:\n  business_requirements:\n    - id: BR-001\n      text: \"BR-009\"\n    \
                 - id: RSK-001\n```\n";
    check(&format!("# Business Requirements\n\n{block}"), &["BR-001"], &["BR-009"]);
    check(&format!("# Notes\n\n{block}"), &[], &["BR-001", "BR-009"]);
}

#[test]
fn every_place_that_cites_is_kept_with_what_lies_within_ranges() {
    let text = "- FR-1: It finds\n\n## Design\n\nFR-1, SHOP-7 and FR-023-026.\n\n\
                - [ ] 1. Task\n  _Requirements: 2.1-2.4_\n- [ ] 2. Task\n  _Requirements: 2.1_\n";
    let source = Source::new("notes.md", text);
    let document = lower(&source, &parse(&source));
    let mut cited: Vec<&str> = document.citations.iter().map(|it| it.text.as_str()).collect();
    cited.sort_unstable();
    let ids = ["2.1", "2.1", "2.2", "2.3", "2.4", "FR-023", "FR-024", "FR-025", "FR-026"];
    assert_eq!(cited, [&ids[..], &["FR-1", "SHOP-7"]].concat());
}

#[test]
fn a_revision_stands_beside_the_id() {
    let text =
        "- **FR-1+2**: It finds\n- FR-2: It sorts\n\n| ID | What |\n|--|--|\n| FR-3+4 | It |\n";
    let source = Source::new("notes.md", text);
    let document = lower(&source, &parse(&source));
    let shown = document.requirements.iter().map(|it| (it.id.text.as_str(), it.revision));
    let shown: Vec<_> = shown.collect();
    assert_eq!(shown, [("FR-1", Some(2)), ("FR-2", None), ("FR-3", Some(4))]);
    assert_eq!(document.requirements[0].title, "It finds");
}

#[test]
fn a_title_goes_to_its_end_and_has_no_markup() {
    let titles = |text: &str| -> Vec<String> {
        let source = Source::new("prd.md", text);
        let document = lower(&source, &parse(&source));
        document.requirements.into_iter().map(|it| it.title).collect()
    };
    let text = "- **FR-1**: Whoever exports an order sees at once how long it will take and\n  \
                what it holds\n- **FR-2 (agent):** Lists **all** orders\n- **FR-3**: `--dry-run` \
                writes nothing\n\n### [FR-4: Search](../spec.md) - P1\n";
    let expected = [
        "Whoever exports an order sees at once how long it will take and what it holds",
        "(agent): Lists all orders",
        "--dry-run writes nothing",
        "Search - P1",
    ];
    assert_eq!(titles(text), expected);
}

//! Which documents are one feature's.

use groundplan_syntax::{Source, parse};

use super::{Chains, Evidence};
use crate::{Document, lower};

fn documents(given: &[(&str, &str)]) -> Vec<Document> {
    let mut given = given.to_vec();
    given.sort_unstable();
    let document = |(path, text): (&str, &str)| {
        let source = Source::new(path, text);
        lower(&source, &parse(&source))
    };
    given.into_iter().map(document).collect()
}

/// "001 Data export: a.md, b.md", a line a chain; then the others.
fn shown(documents: &[Document]) -> Vec<String> {
    let found = Chains::of(documents);
    let path = |index: usize| documents[index].source.path();
    let chain = |it: &super::Chain| {
        let members: Vec<&str> = it.members.iter().map(|it| path(it.index)).collect();
        format!("{} {}: {}", it.number.as_deref().unwrap_or("-"), it.name, members.join(", "))
    };
    let mut lines: Vec<String> = found.chains.iter().map(chain).collect();
    lines.extend(found.others.iter().map(|it| format!("other: {}", path(*it))));
    lines
}

#[track_caller]
fn check(paths: &[&str], expected: &[&str]) {
    let given: Vec<(&str, &str)> = paths.iter().map(|path| (*path, "# T\n")).collect();
    assert_eq!(shown(&documents(&given)), expected);
}

#[test]
fn one_number_in_folders_of_one_kind_is_one_chain_in_the_order_of_the_work() {
    check(
        &[
            "0xcc/prds/001_FPRD|Data_Sets.md",
            "0xcc/prds/002_FPRD|Models.md",
            "0xcc/reviews/001_REVIEW|Data_Sets.md",
            "0xcc/reviews/001_REVIEW|Other.md",
            "0xcc/tasks/001_FTASKS|Data_Sets.md",
            "0xcc/tdds/001_FTDD|Data_Sets.md",
        ],
        &[
            "001 Data Sets: 0xcc/prds/001_FPRD|Data_Sets.md, 0xcc/tdds/001_FTDD|Data_Sets.md, \
             0xcc/tasks/001_FTASKS|Data_Sets.md, 0xcc/reviews/001_REVIEW|Data_Sets.md",
            "002 Models: 0xcc/prds/002_FPRD|Models.md",
            "other: 0xcc/reviews/001_REVIEW|Other.md",
        ],
    );
}

#[test]
fn a_number_that_two_features_have_is_parted_by_name() {
    check(
        &["docs/003_PRD-a.md", "docs/003_PRD-b.md", "docs/003_TDD-b.md"],
        &["003 a: docs/003_PRD-a.md", "003 b: docs/003_PRD-b.md, docs/003_TDD-b.md"],
    );
}

#[test]
fn one_number_with_two_spellings_of_the_name_is_one_feature() {
    check(
        &["docs/003_PRD-export.md", "docs/003_TDD-data-export.md"],
        &["003 export: docs/003_PRD-export.md, docs/003_TDD-data-export.md"],
    );
}

#[test]
fn words_of_kind_are_no_name_and_words_of_the_name_are_no_kind() {
    check(
        &[
            "0xcc/tasks/UI_TASKS|Feature_Tasks.md",
            "0xcc/tdds/004_FTDD|Feature_Discovery.md",
            "docs/rfcs/0131-target-specification.md",
            "memo/docs/product-requirements-v1.1.md",
            "memo/docs/technical-design-v1.md",
            "memo/docs/technical-debt-design.md",
        ],
        &[
            "- Feature Tasks: 0xcc/tasks/UI_TASKS|Feature_Tasks.md",
            "004 Feature Discovery: 0xcc/tdds/004_FTDD|Feature_Discovery.md",
            "0131 target specification: docs/rfcs/0131-target-specification.md",
            "- memo: memo/docs/product-requirements-v1.1.md, memo/docs/technical-design-v1.md",
            "- technical debt: memo/docs/technical-debt-design.md",
        ],
    );
}

#[test]
fn numbers_of_different_places_are_different_numbers() {
    check(
        &["one/docs/003_PRD-a.md", "two/docs/003_TDD-a.md"],
        &["003 a: one/docs/003_PRD-a.md", "003 a: two/docs/003_TDD-a.md"],
    );
}

#[test]
fn one_name_without_a_number_is_one_feature_where_every_stage_is_there_once() {
    check(
        &[
            "docs/export-prd.md",
            "docs/export-tasks.md",
            "docs/tasks-import.md",
            "docs/tasks-import-tasks.md",
        ],
        &[
            "- export: docs/export-prd.md, docs/export-tasks.md",
            "- import: docs/tasks-import-tasks.md",
            "- import: docs/tasks-import.md",
        ],
    );
}

#[test]
fn a_folder_of_its_own_is_one_feature_with_what_lies_below_it() {
    check(
        &[
            "specs/001-export-jobs/checklists/requirements.md",
            "specs/001-export-jobs/data-model.md",
            "specs/001-export-jobs/plan.md",
            "specs/001-export-jobs/plan-phase1.md",
            "specs/001-export-jobs/spec.md",
            "specs/002-import/spec.md",
        ],
        &[
            "001 export jobs: specs/001-export-jobs/spec.md, specs/001-export-jobs/plan-phase1.md, \
             specs/001-export-jobs/plan.md, specs/001-export-jobs/checklists/requirements.md, \
             specs/001-export-jobs/data-model.md",
            "002 import: specs/002-import/spec.md",
        ],
    );
    check(
        &[
            ".kiro/specs/photos/design.md",
            ".kiro/specs/photos/research.md",
            ".kiro/specs/photos/tasks.md",
        ],
        &[
            "- photos: .kiro/specs/photos/design.md, .kiro/specs/photos/tasks.md, .kiro/specs/photos/research.md",
        ],
    );
}

#[test]
fn a_date_in_front_is_no_number_and_a_label_with_a_number_is() {
    check(
        &["openspec/specs/2025-01-11-import/spec.md", "app/.canary/specs/APP-135-jobs/spec.md"],
        &[
            "APP-135 jobs: app/.canary/specs/APP-135-jobs/spec.md",
            "- 2025-01-11 import: openspec/specs/2025-01-11-import/spec.md",
        ],
    );
}

#[test]
fn records_and_notes_alone_are_no_chain() {
    check(
        &["README.md", "docs/adr/0001-choose.md"],
        &["other: README.md", "other: docs/adr/0001-choose.md"],
    );
}

#[test]
fn what_a_document_was_made_from_is_of_its_chain_whatever_the_names() {
    let made = "# Tasks: B\n\n<!-- groundplan\nsource: ../designs/a-design.md\n-->\n";
    let all = documents(&[("designs/a-design.md", "# T\n"), ("work/b-tasks.md", made)]);
    assert_eq!(shown(&all), ["- a: designs/a-design.md, work/b-tasks.md"]);
    let chains = Chains::of(&all);
    assert_eq!(chains.chain_of(1).unwrap().members[0].evidence, Some(Evidence::Provenance));
}

#[test]
fn a_header_that_links_upstream_joins_and_one_that_links_to_another_feature_does_not() {
    let design = "# Design\n\n**PRD**: [PRD](../wishes/export-prd.md)\n";
    let all = documents(&[("wishes/export-prd.md", "# T\n"), ("designs/job-design.md", design)]);
    assert_eq!(shown(&all), ["- export: wishes/export-prd.md, designs/job-design.md"]);

    let linked = "# Design\n\n**PRD**: [PRD](001_PRD-a.md)\n";
    let all = documents(&[("d/001_PRD-a.md", "# T\n"), ("d/002_TDD-b.md", linked)]);
    assert_eq!(shown(&all), ["001 a: d/001_PRD-a.md", "002 b: d/002_TDD-b.md"]);
}

#[test]
fn a_link_in_the_text_joins_nothing() {
    let design = "# Design\n\n## Text\n\nSee [PRD](../wishes/export-prd.md).\n";
    let all = documents(&[("wishes/export-prd.md", "# T\n"), ("designs/job-design.md", design)]);
    assert_eq!(Chains::of(&all).chains.len(), 2);
}

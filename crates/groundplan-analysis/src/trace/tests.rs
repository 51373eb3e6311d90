//! Edges, rows and figures of the smallest workspaces that show them.

use std::collections::BTreeMap;

use groundplan_model::code::{CodeFile, TestResult, read_code, read_junit};
use groundplan_model::policy::{Level, Policy};
use groundplan_model::profile::Pattern;
use groundplan_model::{FileSet, Workspace, lower};
use groundplan_syntax::{Source, parse};

use super::*;

struct Nothing;

impl FileSet for Nothing {
    fn exists(&self, _: &str) -> bool {
        true
    }
}

const PRD: (&str, &str) = (
    "docs/001_PRD-orders.md",
    "# Orders: Product Requirements\n\n## Requirements\n\n- **FR-1+2**: Orders are kept\n\
     - **FR-2**: Orders are listed\n- **FR-2.1**: By day\n- **FR-2.2**: By name\n- **FR-3**: Orders end\n",
);
const TDD: (&str, &str) = (
    "docs/001_TDD-orders.md",
    "# Orders: Technical Design\n\n## Store\n\nServes FR-1.\n\n## Listing\n\nServes FR-2 and FR-9.\n\n\
     | Method | Path | Purpose |\n|---|---|---|\n| GET | /orders | lists them |\n",
);
const TASKS: (&str, &str) = (
    "docs/001_TASKS-orders.md",
    "# Orders: Tasks\n\n- [x] 1.1 Keep them in `src/store.py`\n  - _Requirements: FR-1_\n\
     - [ ] 1.2 List them (covers FR-2.1)\n- [ ] 1.3 By name in `src/names.py` (FR-2.2)\n",
);

fn trace_of(documents: &[(&str, &str)], code: &[(&str, &str)], junit: &str) -> Trace {
    let read = |(path, text): &(&str, &str)| {
        let source = Source::new(path, text);
        lower(&source, &parse(&source))
    };
    let workspace = Workspace::new(documents.iter().map(read).collect(), &Nothing);
    let linked = workspace.link();
    let code: Vec<CodeFile> = code.iter().filter_map(|it| read_code(it.0, it.1)).collect();
    let results: Vec<TestResult> = read_junit(junit).expect("JUnit");
    let line = |path: &str, at: u32| {
        let document = workspace.document(path).expect("a document");
        u32::try_from(document.source.line(at as usize)).expect("a line")
    };
    Trace::of(&Sources { linked: &linked, code: &code, results: &results, line: &line })
}

/// "FR-1 <- 1.1 cites" of every edge that answers something that is wanted.
fn edges(trace: &Trace) -> Vec<String> {
    let wanted = trace.edges.iter().filter(|it| trace.items[it.to].kind.is_wanted());
    let shown = wanted.map(|it| {
        let sure = if it.certainty == Certainty::Guessed { "?" } else { "" };
        let stale = if it.stale.is_some() { "!" } else { "" };
        let (from, to) = (&trace.items[it.from], &trace.items[it.to]);
        format!("{} <- {} {}{sure}{stale}:{}", to.id, from.id, it.kind.as_str(), it.at.line)
    });
    let mut shown: Vec<String> = shown.collect();
    shown.sort();
    shown
}

fn levels(trace: &Trace, id: &str) -> Vec<Level> {
    let coverage = Coverage::of(trace, &[], "2026-01-01");
    let is_it = |it: &&Covered| trace.items[it.item].id == id;
    coverage.covered.iter().find(is_it).expect("it is wanted").levels.clone()
}

#[test]
fn sections_and_tasks_answer_what_they_cite() {
    let trace = trace_of(&[PRD, TDD, TASKS], &[], "");
    assert_eq!(
        edges(&trace),
        [
            "FR-1 <- 1.1 cites:4",
            "FR-1 <- store cites:5",
            "FR-2 <- FR-2.1 part of:7",
            "FR-2 <- FR-2.2 part of:8",
            "FR-2 <- listing cites:9",
            "FR-2.1 <- 1.2 cites:5",
            "FR-2.2 <- 1.3 cites:6",
        ]
    );
    let nowhere: Vec<&str> = trace.unresolved.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(nowhere, ["FR-9"]);
}

#[test]
fn what_stands_beside_no_task_of_a_list_is_for_the_group_or_a_guess() {
    let text = "# Orders: Tasks\n\n## Keeping (FR-1)\n\n- [ ] 1.1 Keep them\n\n## Summary\n\nDone: FR-3.\n";
    let trace = trace_of(&[PRD, ("docs/001_TASKS-orders.md", text)], &[], "");
    let cited: Vec<String> = edges(&trace).into_iter().filter(|it| it.contains("cites")).collect();
    assert_eq!(cited, ["FR-1 <- keeping-fr-1 cites:3", "FR-3 <- summary cites?:9"]);
    assert_eq!((levels(&trace, "FR-1"), levels(&trace, "FR-3")), (vec![Level::Task], vec![]));
}

#[test]
fn a_whole_is_covered_by_all_of_its_parts_and_parts_by_what_documents_say_of_the_whole() {
    let trace = trace_of(&[PRD, TDD, TASKS], &[], "");
    assert_eq!(levels(&trace, "FR-2"), [Level::Design, Level::Task]);
    assert_eq!(levels(&trace, "FR-2.1"), [Level::Design, Level::Task]);
    assert_eq!(levels(&trace, "FR-3"), []);
    let one = trace_of(&[PRD, TDD], &[("src/a.py", "# [impl FR-2]\ndef a():\n    pass\n")], "");
    assert_eq!(levels(&one, "FR-2.1"), [Level::Design]);
}

#[test]
fn code_answers_by_tag_by_mention_and_by_finished_tasks_that_name_it() {
    let store = "# [impl FR-1+2]\ndef keep():\n    pass\n\n# As FR-3 says.\ndef end():\n    pass\n";
    let names = "def by_name():\n    pass\n";
    let trace = trace_of(&[PRD, TASKS], &[("src/store.py", store), ("src/names.py", names)], "");
    let of_code: Vec<String> =
        edges(&trace).into_iter().filter(|it| !it.contains("cites")).collect();
    let parts = ["FR-2 <- FR-2.1 part of:7", "FR-2 <- FR-2.2 part of:8"];
    assert_eq!(
        of_code,
        [&["FR-1 <- keep tag:1"], &parts[..], &["FR-3 <- end mention?:5"]].concat()
    );
    assert_eq!(levels(&trace, "FR-1"), [Level::Task, Level::Code]);
    // The task that names the file is open.
    assert_eq!(levels(&trace, "FR-2.2"), [Level::Task]);
    // Guesses cover nothing.
    assert_eq!(levels(&trace, "FR-3"), []);
}

#[test]
fn code_that_knows_another_revision_is_stale_and_covers_nothing() {
    let trace = trace_of(&[PRD], &[("src/a.py", "# [impl FR-1+1]\ndef keep():\n    pass\n")], "");
    assert_eq!(edges(&trace)[0], "FR-1 <- keep tag!:1");
    assert_eq!(levels(&trace, "FR-1"), []);
    assert_eq!(Coverage::of(&trace, &[], "2026-01-01").whole.stale, 1);
}

#[test]
fn an_id_of_two_features_is_told_apart_by_the_document_in_the_tag() {
    let other = ("docs/002_PRD-bills.md", PRD.1);
    let code =
        "# [impl FR-3]\ndef a():\n    pass\n\n# [impl 002_PRD-bills#FR-3]\ndef b():\n    pass\n";
    let trace = trace_of(&[PRD, other], &[("src/a.py", code)], "");
    assert_eq!(trace.unresolved.len(), 1);
    assert_eq!(trace.unresolved[0].candidates.len(), 2);
    let tag = trace.edges.iter().find(|it| it.kind == EdgeKind::Tag).expect("the second tag");
    assert_eq!(trace.items[tag.to].key, "docs/002_PRD-bills.md#FR-3");
}

#[test]
fn results_are_evidence_and_a_failed_one_counts_most() {
    let code =
        "# [test FR-1+2]\ndef test_keep():\n    pass\n\n# [test FR-3]\ndef test_end():\n    pass\n";
    let junit = "<testsuite name=\"t\"><testcase classname=\"tests.test_a\" name=\"test_keep[1]\"/>\
                 <testcase classname=\"tests.test_a\" name=\"test_end\"/>\
                 <testcase classname=\"tests.test_a\" name=\"test_keep[2]\"><failure/></testcase>\
                 </testsuite>";
    let trace = trace_of(&[PRD], &[("tests/test_a.py", code)], junit);
    let coverage = Coverage::of(&trace, &[], "2026-01-01");
    let evidence: Vec<Evidence> = coverage.covered.iter().map(|it| it.evidence).collect();
    let expected =
        [Evidence::Failed, Evidence::None, Evidence::None, Evidence::None, Evidence::Passed];
    assert_eq!(evidence, expected);
}

#[test]
fn routes_and_tables_are_suggestions_for_requirements_and_evidence_for_endpoints() {
    let app = "from fastapi import FastAPI\napp = FastAPI()\n\n@app.get(\"/orders\")\ndef listed():\n    pass\n";
    let trace = trace_of(&[PRD, TDD], &[("src/app.py", app)], "");
    assert_eq!(levels(&trace, "FR-2"), [Level::Design]);
    let endpoint = trace.named("GET /orders")[0];
    assert!(trace.row(endpoint).is_covered_at(Level::Code));
    let requirement = trace.named("FR-2")[0];
    let guessed: Vec<_> = trace.row(requirement).at(Level::Code).cloned().collect();
    assert_eq!((guessed.len(), guessed[0].certainty), (1, Certainty::Guessed));
}

fn policy(kind: &str, ids: &str, until: Option<&str>) -> Policy {
    Policy {
        kind: kind.to_owned(),
        ids: Pattern::parse(ids.to_owned()).expect("a pattern"),
        requires: vec![vec![Level::Design], vec![Level::Task, Level::Test]],
        waived: BTreeMap::from([("FR-3".to_owned(), "bought".to_owned())]),
        until: until.map(str::to_owned),
    }
}

#[test]
fn policies_say_what_is_lacking_and_waivers_end() {
    let trace = trace_of(&[PRD, TDD, TASKS], &[], "");
    let unmet = |until: Option<&str>, today: &str| {
        let coverage = Coverage::of(&trace, &[policy("requirement", "*", until)], today);
        let id = |it: &Unmet| trace.items[it.item].id.clone();
        let ids: Vec<String> = coverage.unmet.iter().map(id).collect();
        (ids, coverage.whole.waived)
    };
    assert_eq!(unmet(None, "2026-01-01"), (vec![], 1));
    assert_eq!(unmet(Some("2026-01-31"), "2026-02-01"), (vec!["FR-3".to_owned()], 0));
    let endpoint = Coverage::of(&trace, &[policy("endpoint", "GET /*", None)], "2026-01-01");
    assert_eq!(endpoint.unmet[0].lacking.len(), 2);
}

#[test]
fn a_tree_goes_both_ways_and_never_in_circles() {
    let trace = trace_of(&[PRD, TDD, TASKS], &[("src/store.py", "def keep():\n    pass\n")], "");
    let task = trace.named("1.1")[0];
    let ends = |direction| {
        let steps = trace.tree(task, direction);
        steps.iter().map(|it| trace.items[it.item].id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(ends(Direction::Up), ["FR-1"]);
    assert_eq!(ends(Direction::Down), ["store.py"]);
}

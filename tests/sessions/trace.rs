//! `trace` and `coverage`: from what is wanted to code, tests and their results.

use serde_json::Value;

use super::program::{groundplan, run};
use crate::folder::Folder;

const PRD: &str = "# Orders: Product Requirements\n\n## Requirements\n\n- **FR-1+2**: Orders are kept\n\
    - **FR-2**: Orders are listed\n- **FR-3**: Orders end\n- **FR-4**: Orders are printed\n";

const TDD: &str =
    "# Orders: Technical Design\n\n## Store\n\nServes FR-1.\n\n## Listing\n\nServes FR-2.\n";

const TASKS: &str = "# Orders: Tasks\n\n- [x] 1.1 Keep them in `src/store.rs` (FR-1)\n\
    - [ ] 1.2 List them\n  - _Requirements: FR-2_\n- [ ] 1.3 End them (FR-3)\n";

const RUST: &str = "/// Keeps one. [impl FR-1+2]\npub fn keep() {}\n\n// [impl FR-3+1]\npub fn end() {}\n\n\
    // [impl FR-2+7]\npub fn list() {}\n";

const PYTHON: &str =
    "# [test FR-1+2]\ndef test_keep():\n    pass\n\n# [verify FR-3]\ndef test_end():\n    pass\n";

const JUNIT: &str = "<testsuites><testsuite name=\"pytest\">\
    <testcase classname=\"tests.test_store\" name=\"test_keep\"/>\
    <testcase classname=\"tests.test_store\" name=\"test_end\"><failure message=\"no\"/></testcase>\
    </testsuite></testsuites>";

const SETTINGS: &str = "[[trace.policy]]\npattern = \"FR-*\"\nrequires = [[\"design\", \"task\"], \"test\"]\n\
    waived = { \"FR-4\" = \"bought\" }\nuntil = 2999-01-31\n";

fn workspace() -> Folder {
    let folder = Folder::empty();
    let files = [
        ("docs/001_PRD-orders.md", PRD),
        ("docs/001_TDD-orders.md", TDD),
        ("docs/001_TASKS-orders.md", TASKS),
        ("src/store.rs", RUST),
        ("tests/test_store.py", PYTHON),
        ("report.xml", JUNIT),
        ("node_modules/other/a.js", "// [impl FR-4]\nfunction a() {}\n"),
    ];
    files.iter().for_each(|(path, text)| folder.write(path, text.as_bytes()));
    folder
}

#[track_caller]
fn json(folder: &Folder, arguments: &[&str], code: i32) -> Value {
    serde_json::from_str(&run(folder, arguments, code).stdout).expect("JSON and nothing else")
}

#[test]
fn the_matrix_shows_what_answers_at_each_level() {
    let folder = workspace();
    let run = run(&folder, &["trace", "docs"], 0);
    let lines: Vec<&str> = run.stdout.lines().map(str::trim_end).collect();
    let expected = [
        "001 orders",
        "                            design   task  code     test",
        "  FR-1  Orders are kept     store    1.1   keep +1  test_keep",
        "  FR-2  Orders are listed   listing  1.2   !list    -",
        "  FR-3  Orders end          -        1.3   end      test_end",
        "  FR-4  Orders are printed  -        -     -        -",
    ];
    assert_eq!(lines[..expected.len()], expected, "{}", run.stdout);
    let gaps = groundplan(folder.path(), &["trace", "docs", "--gaps"]).stdout;
    assert!(!gaps.contains("FR-1") && gaps.contains("FR-2"), "{gaps}");
}

#[test]
fn the_way_from_one_item_goes_up_and_down() {
    let folder = workspace();
    let tree = run(&folder, &["trace", "docs", "FR-1"], 0).stdout;
    let task = "├─ task 1.1 Keep them in src/store.rs (FR-1)  docs/001_TASKS-orders.md:3 (cites)\n\
                │  └─ code store.rs  src/store.rs:1 (named by, docs/001_TASKS-orders.md:3)\n";
    assert!(tree.contains(task), "{tree}");
    assert!(tree.contains("├─ code keep  src/store.rs:1 (tag)\n"), "{tree}");
    let up = json(&folder, &["trace", "docs", "src/store.rs#keep", "--format", "json"], 0);
    assert_eq!(up["trees"][0]["answers"][0]["item"]["key"], "docs/001_PRD-orders.md#FR-1");
    let wrong = run(&folder, &["trace", "docs", "FR-11"], 2);
    assert!(wrong.stderr.contains("did you mean `FR-1`?"), "{wrong:?}");
}

#[test]
fn other_forms_hold_the_same() {
    let folder = workspace();
    let form = |name: &str| run(&folder, &["trace", "docs", "--format", name], 0).stdout;
    assert!(form("csv").contains("\r\n001 orders,FR-2,requirement,Orders are listed,"));
    assert!(form("markdown").contains("| FR-3 | Orders end |  | 1.3 | end | test_end |"));
    assert!(form("dot").contains("\"docs/001_PRD-orders.md#FR-1\" -> \"src/store.rs#keep\""));
    let page = form("html");
    assert!(page.contains("<b>FR-1</b> Orders are kept") && !page.contains("http"), "{page}");
    let value: Value = serde_json::from_str(&form("json")).expect("JSON");
    assert_eq!(value["rows"][0]["item"], "docs/001_PRD-orders.md#FR-1");
}

#[test]
fn coverage_counts_and_its_check_judges_policies_and_results() {
    let folder = workspace();
    folder.write("groundplan.toml", SETTINGS.as_bytes());
    let arguments = ["coverage", "docs", "--junit", "report.xml", "--format", "json"];
    let whole = json(&folder, &arguments, 0)["whole"].clone();
    let figure = |name: &str| whole[name].as_u64().expect(name);
    let names = ["wanted", "waived", "shallow", "deep", "stale", "passed", "failed"];
    assert_eq!(names.map(figure), [4, 1, 3, 2, 1, 1, 1]);
    let check = run(&folder, &["coverage", "docs", "--check"], 1);
    let unmet = "  docs/001_PRD-orders.md:6  FR-2 Orders are listed: no test\n";
    assert!(check.stdout.contains(unmet), "{}", check.stdout);
    assert!(check.stdout.contains("FR-4 Orders are printed: bought"), "{}", check.stdout);
    run(&folder, &["coverage", "docs", "--min", "100"], 0);
    let below = run(&folder, &["coverage", "docs", "--min-deep", "90"], 1);
    assert!(below.stdout.contains("66% covered down to code and a test"), "{}", below.stdout);
}

#[test]
fn what_is_no_junit_file_or_no_kind_is_refused() {
    let folder = workspace();
    folder.write("bad.xml", b"<testsuite");
    let run_ = run(&folder, &["coverage", "docs", "--junit", "bad.xml"], 2);
    assert!(run_.stderr.contains("`bad.xml` is no JUnit file"), "{run_:?}");
    let wrong = SETTINGS.replace("pattern", "kind = \"requirment\"\npattern");
    folder.write("groundplan.toml", wrong.as_bytes());
    let run_ = run(&folder, &["coverage", "docs"], 2);
    assert!(run_.stderr.contains("did you mean `requirement`?"), "{run_:?}");
}

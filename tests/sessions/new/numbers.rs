//! Acceptance: numbers that are free on every branch, in every working tree, and for two runs at a
//! time; paths in the form of the workspace.

use std::collections::BTreeSet;

use super::{commit, git, git_in, new, repository};
use crate::folder::Folder;
use crate::sessions::program::{command, groundplan};

#[test]
fn two_branches_take_different_numbers() {
    let folder = repository();
    assert_eq!(new(&folder, &["feature-prd", "Orders"]), "docs/001_PRD-orders.md");
    commit(&folder, "the first");
    git(&folder, &["switch", "--quiet", "--create", "left"]);
    assert_eq!(new(&folder, &["feature-prd", "Left"]), "docs/002_PRD-left.md");
    commit(&folder, "left");
    git(&folder, &["switch", "--quiet", "main"]);
    git(&folder, &["switch", "--quiet", "--create", "right"]);
    assert!(!folder.path().join("docs/002_PRD-left.md").exists());
    assert_eq!(new(&folder, &["feature-prd", "Right"]), "docs/003_PRD-right.md");
    commit(&folder, "right");
    git(&folder, &["merge", "--quiet", "left"]);
    assert_eq!(new(&folder, &["feature-prd", "Next"]), "docs/004_PRD-next.md");
}

#[test]
fn two_clones_that_took_one_number_are_told_after_the_merge() {
    let folder = repository();
    new(&folder, &["feature-prd", "Orders"]);
    commit(&folder, "the first");
    git(&folder, &["switch", "--quiet", "--create", "side"]);
    new(&folder, &["feature-prd", "Side"]);
    commit(&folder, "side");
    git(&folder, &["switch", "--quiet", "main"]);
    // What another clone does that this one does not see yet.
    new(&folder, &["feature-prd", "Main", "--number", "2"]);
    commit(&folder, "main");
    git(&folder, &["merge", "--quiet", "side"]);
    let check =
        ["check", "--select", "number-taken-twice", "--output-format", "concise", "--quiet"];
    let run = groundplan(folder.path(), &check);
    assert_eq!((run.code, run.stdout.lines().count()), (Some(1), 2), "{run:?}");
    assert!(run.stdout.contains("docs/002_PRD-main.md:1:1: "), "{run:?}");
}

#[test]
fn a_number_that_the_main_branch_had_where_this_one_left_it_stays_taken() {
    let folder = repository();
    new(&folder, &["feature-prd", "Orders"]);
    new(&folder, &["feature-prd", "Notes"]);
    commit(&folder, "two");
    git(&folder, &["switch", "--quiet", "--create", "side"]);
    git(&folder, &["rm", "--quiet", "docs/002_PRD-notes.md"]);
    commit(&folder, "without notes");
    git(&folder, &["branch", "--quiet", "--force", "main", "side~1"]);
    assert_eq!(new(&folder, &["feature-prd", "Next"]), "docs/003_PRD-next.md");
}

#[test]
fn another_working_tree_counts_before_it_is_committed() {
    let folder = repository();
    new(&folder, &["feature-prd", "Orders"]);
    commit(&folder, "the first");
    let tree = Folder::empty();
    let path = tree.full("tree");
    git(&folder, &["worktree", "add", "--quiet", "-b", "side", &path]);
    let inside = tree.path().join("tree");
    let run = groundplan(&inside, &["new", "feature-prd", "Side"]);
    assert_eq!(run.stdout, "docs/002_PRD-side.md\n", "{run:?}");
    assert_eq!(new(&folder, &["feature-prd", "Next"]), "docs/003_PRD-next.md");
    git_in(folder.path(), &["worktree", "remove", "--force", &path]);
}

#[test]
fn two_runs_at_a_time_choose_two_numbers() {
    let folder = repository();
    let names: Vec<String> = (0..6).map(|number| format!("Feature {number}")).collect();
    let start = |name: &String| {
        let mut command = command(folder.path(), &["new", "feature-prd", name]);
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
        command.spawn().expect("the program starts")
    };
    let running: Vec<_> = names.iter().map(start).collect();
    let mut numbers = BTreeSet::new();
    for child in running {
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success(), "{output:?}");
        let path = String::from_utf8(output.stdout).expect("UTF-8");
        numbers.insert(path.chars().take("docs/000".len()).collect::<String>());
    }
    assert_eq!(numbers.len(), names.len(), "{numbers:?}");
}

#[test]
fn a_folder_without_git_works_as_well() {
    let folder = Folder::empty();
    assert_eq!(new(&folder, &["decision-record", "Use SQLite"]), "docs/adr/0001-use-sqlite.md");
    assert_eq!(new(&folder, &["decision-record", "Use HTTP"]), "docs/adr/0002-use-http.md");
}

#[test]
fn documents_go_where_those_of_their_family_are() {
    let cases: [(&[&str], &str, &str); 5] = [
        (&["0xcc/prds/007_FPRD|Old_Thing.md"], "feature-prd", "0xcc/prds/008_FPRD|Data_Export.md"),
        (
            &["0xcc/prds/007_FPRD-OldThing.md"],
            "technical-design",
            "0xcc/tdds/008_FTDD-DataExport.md",
        ),
        (&["specs/004-old-thing/spec.md"], "technical-design", "specs/005-data-export/plan.md"),
        (
            &[".kiro/specs/old-thing/design.md"],
            "technical-design",
            ".kiro/specs/data-export/design.md",
        ),
        (&["docs/003_TDD-old-thing.md"], "tid", "docs/004_TID-data-export.md"),
    ];
    for (there, kind, expected) in cases {
        let folder = repository();
        there.iter().for_each(|path| folder.write(path, b"# Old thing\n"));
        assert_eq!(new(&folder, &[kind, "Data export"]), expected, "{there:?}");
    }
}

#[test]
fn a_document_made_from_another_shares_its_number_and_folder() {
    let folder = repository();
    folder.write("0xcc/tdds/002_FTDD|DataExport.md", b"# Technical Design: Data Export\n");
    folder.write("0xcc/tdds/005_FTDD|Else.md", b"# Technical Design: Else\n");
    let made = new(&folder, &["task-list", "--from", "0xcc/tdds/002_FTDD|DataExport.md"]);
    assert_eq!(made, "0xcc/tasks/002_FTASKS|DataExport.md");
    let made = new(&folder, &["tid", "--from", "0xcc/tdds/002_FTDD|DataExport.md"]);
    assert_eq!(made, "0xcc/tids/002_FTID|DataExport.md");
    let text = super::read(&folder, &made);
    assert!(
        text.contains(
            "**Design**: [Technical Design: Data Export](../tdds/002_FTDD|DataExport.md)"
        ),
        "{text}"
    );
}

#[test]
fn the_settings_of_the_workspace_decide_over_what_is_there() {
    let folder = repository();
    folder.write("specs/004-old-thing/spec.md", b"# Old thing\n");
    folder.write("groundplan.toml", b"profile = \"kiro\"\n");
    assert_eq!(new(&folder, &["technical-design", "New"]), ".kiro/specs/new/design.md");
    let arguments = ["technical-design", "New", "--profile", "speckit"];
    assert_eq!(new(&folder, &arguments), "specs/005-new/plan.md");
    let run = groundplan(folder.path(), &["new", "tid", "X", "--profile", "kirro"]);
    assert!(run.stderr.contains("did you mean `kiro`?"), "{run:?}");
}

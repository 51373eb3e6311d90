//! `new`: documents from templates, their places, their numbers.

mod derived;
mod filled;
mod forms;
mod numbers;

use serde_json::Value;

use super::program::{Run, groundplan};
use crate::folder::Folder;

/// Every template's name, as `--list` tells.
fn templates() -> Vec<String> {
    let folder = Folder::empty();
    let run = groundplan(folder.path(), &["new", "--list", "--format", "json"]);
    let value: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let list = value["templates"].as_array().expect("a list").iter();
    list.map(|it| it["name"].as_str().expect("a name").to_owned()).collect()
}

/// A repository of nobody in particular.
fn repository() -> Folder {
    let folder = Folder::empty();
    git(&folder, &["init", "--quiet", "--initial-branch", "main"]);
    git(&folder, &["config", "user.name", "Documents Team"]);
    git(&folder, &["config", "user.email", "documents@example.com"]);
    folder
}

fn git(folder: &Folder, arguments: &[&str]) {
    git_in(folder.path(), arguments);
}

fn git_in(folder: &std::path::Path, arguments: &[&str]) {
    let mut command = std::process::Command::new("git");
    let output = command.current_dir(folder).args(arguments).output().expect("git starts");
    assert!(output.status.success(), "git {arguments:?}: {output:?}");
}

fn commit(folder: &Folder, message: &str) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", message]);
}

/// Runs `new`; the path that it prints.
fn new(folder: &Folder, arguments: &[&str]) -> String {
    let run = groundplan(folder.path(), &[&["new", "--date", "2026-02-03"], arguments].concat());
    assert_eq!(run.code, Some(0), "{arguments:?}: {run:?}");
    run.stdout.trim_end().to_owned()
}

fn read(folder: &Folder, path: &str) -> String {
    std::fs::read_to_string(folder.path().join(path)).expect("the document is there")
}

/// What `check` finds in a document: line and rule each.
fn findings(folder: &Folder, path: &str) -> (Run, Vec<(usize, String)>) {
    let run = groundplan(folder.path(), &["check", path, "--output-format", "json"]);
    let value: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let list = value["findings"].as_array().expect("a list").iter();
    let finding = |it: &Value| {
        let line = it["line"].as_u64().and_then(|line| usize::try_from(line).ok());
        (line.expect("a line"), it["rule"].as_str().expect("a rule").to_owned())
    };
    let found = list.map(finding).collect();
    (run, found)
}

#[test]
fn what_is_there_is_never_overwritten() {
    let folder = repository();
    let path = new(&folder, &["feature-prd", "Data export"]);
    folder.write(&path, b"# Ours\n");
    for arguments in [
        vec!["new", "feature-prd", "Data export", "--number", "1"],
        vec!["new", "tid", "X", "-o", &path],
    ] {
        let run = groundplan(folder.path(), &arguments);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
        assert!(run.stderr.contains(&format!("`{path}` is there already")), "{run:?}");
    }
    assert_eq!(read(&folder, &path), "# Ours\n");
}

#[test]
fn date_author_requirement_and_related_documents_are_filled_in() {
    let folder = repository();
    let project = new(&folder, &["project-prd", "Shop"]);
    let prd = new(&folder, &["feature-prd", "Data export"]);
    let text = read(&folder, &prd);
    assert!(text.contains("**Created**: 2026-02-03  \n"), "{text}");
    assert!(text.contains("**Author**: Documents Team  \n"), "{text}");
    assert!(text.contains("**Project**: [000_PPRD-shop](000_PPRD-shop.md)"), "{text}");
    assert_eq!(project, "docs/000_PPRD-shop.md");

    let design = new(&folder, &["component-design", "--from", &prd]);
    let text = read(&folder, &design);
    assert!(
        text.starts_with("# Data Export Technical Design\n\n**Requirement:** US-1, "),
        "{text}"
    );
    assert!(text.contains("FR-1"), "{text}");
    let list = new(&folder, &["task-list", "data-export"]);
    assert!(
        read(&folder, &list).contains("**Design**: [001_TDD-data-export](001_TDD-data-export.md)")
    );
}

#[test]
fn the_template_and_the_source_are_recorded_in_the_document() {
    let folder = repository();
    let prd = new(&folder, &["feature-prd", "Data export"]);
    let design = new(&folder, &["technical-design", "--from", &prd]);
    let text = read(&folder, &design);
    let block = text.split("<!-- groundplan\n").nth(1).expect("a block");
    assert!(block.starts_with("template: technical-design 1 "), "{block}");
    assert!(block.contains("\nsource: 001_PRD-data-export.md\n"), "{block}");
    assert!(block.ends_with("\n-->\n"), "{block}");
    let base = read(&folder, &format!(".groundplan/base/{design}"));
    assert_eq!(base, text);
}

#[test]
fn places_and_header_fields_are_set_and_others_are_refused_with_those_that_there_are() {
    let folder = Folder::empty();
    let arguments =
        ["decision-record", "Use SQLite", "--set", "status=Accepted", "--set", "deciders=The team"];
    let text = read(&folder, &new(&folder, &arguments));
    assert!(text.contains("**Status**: Accepted  \n"), "{text}");
    assert!(text.contains("**Deciders**: The team  \n"), "{text}");
    let run = groundplan(folder.path(), &["new", "decision-record", "X", "--set", "colour=red"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("no place `colour`") && run.stderr.contains("DECIDERS"), "{run:?}");
}

#[test]
fn an_own_template_comes_before_the_built_in_one_and_a_broken_one_is_told() {
    let folder = repository();
    let own = "<!-- groundplan-template\nname: decision-record\nversion: 4\nabout: how we decide\n\
        file: decisions/{nnn}-{name}.md\n-->\n# {{FEATURE_NAME}}\n\n**State**: Open | Closed\n\n## Why\n\n[The reason for it]\n";
    folder.write(".groundplan/templates/decision.md", own.as_bytes());
    folder.write(".groundplan/templates/runbook.md", b"# Runbook: {{FEATURE_NAME}}\n\n## Steps\n");
    let list = groundplan(folder.path(), &["new", "--list"]).stdout;
    let line = list.lines().find(|it| it.starts_with("decision-record")).expect("it is listed");
    assert!(line.contains("how we decide  (.groundplan/templates/decision.md)"), "{list}");
    assert_eq!(
        new(&folder, &["decision-record", "Use SQLite", "--profile", "plain"]),
        "decisions/001-use-sqlite.md"
    );
    assert_eq!(new(&folder, &["runbook", "Restart"]), "docs/001_RUNBOOK-restart.md");
    let (_, found) = findings(&folder, "decisions/001-use-sqlite.md");
    assert_eq!(found, [(7, "placeholder-left".to_owned())]);

    folder.write(
        ".groundplan/templates/runbook.md",
        b"<!-- groundplan-template\nversion: x\n-->\n# A\n",
    );
    let run = groundplan(folder.path(), &["new", "--list"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
    assert!(run.stderr.contains("`.groundplan/templates/runbook.md`"), "{run:?}");
}

#[test]
fn a_template_is_shown_as_the_file_that_it_is() {
    let folder = Folder::empty();
    for name in templates() {
        let shown = groundplan(folder.path(), &["new", "--show", &name]).stdout;
        folder.write(&format!(".groundplan/templates/{name}.md"), shown.as_bytes());
    }
    let path = new(&folder, &["tid", "Data export"]);
    std::fs::remove_dir_all(folder.path().join(".groundplan/templates")).expect("it was there");
    let upgraded = groundplan(folder.path(), &["upgrade", &path]);
    assert_eq!(upgraded.stderr, "Nothing to upgrade.\n", "a copy is the same template");
}

#[test]
fn a_word_for_a_template_leads_to_its_name() {
    let folder = Folder::empty();
    let help = |word: &str| groundplan(folder.path(), &["new", word, "X"]).stderr;
    assert!(help("adr").contains("did you mean `decision-record`?"));
    assert!(help("design").contains("`technical-design` or `component-design`"));
    assert!(help("taks-list").contains("did you mean `task-list`?"));
}

#[test]
fn a_dry_run_shows_the_document_and_writes_nothing() {
    let folder = repository();
    let run = groundplan(folder.path(), &["new", "tid", "Data export", "--dry-run"]);
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (Some(0), "docs/001_TID-data-export.md\n"),
        "{run:?}"
    );
    assert!(
        run.stdout.starts_with("# Technical Implementation Document: Data export\n"),
        "{run:?}"
    );
    assert!(!folder.path().join("docs").exists() && !folder.path().join(".groundplan").exists());
}

//! A document's life in a repository: approved, edited, derived from, logged, and kept in an
//! inventory.

use std::path::Path;
use std::process::Command;

use groundplan_model::provenance::{Provenance, SourceRef};
use groundplan_model::{Document, lower};
use groundplan_syntax::{Source, parse};
use serde_json::Value;

use super::program::{json, run};
use crate::folder::Folder;

const DESIGN: &str = "docs/001_TDD-export.md";

const TEXT: &str = "# Export: Technical Design\n\n**Status**: In Review\n**Version**: 1.0\n\n\
    ## API Design\n\n| Method | Path | Purpose |\n|---|---|---|\n| GET | /exports | lists them |\n\n\
    ## Limits\n\nTen a day.\n\n## Performance\n\n| Metric | Target |\n|---|---|\n\
    | API latency p95 | < 200 ms |\n\n## Open Questions\n\n- [ ] Who deletes old files?\n\n\
    ## Change Log\n\n| Date | Version | Author | Changes |\n|---|---|---|---|\n\
    | 2026-01-05 | 1.0 | Ada | First version |\n";

/// A repository with a design that is committed.
fn repository() -> Folder {
    let folder = Folder::empty();
    git(folder.path(), &["init", "--quiet", "--initial-branch", "main"]);
    git(folder.path(), &["config", "user.name", "Ada"]);
    git(folder.path(), &["config", "user.email", "ada@example.org"]);
    folder.write(DESIGN, TEXT.as_bytes());
    commit(&folder, "2026-01-05");
    folder
}

fn git(folder: &Path, arguments: &[&str]) {
    let status = Command::new("git").args(arguments).current_dir(folder).status();
    assert!(status.expect("git starts").success(), "git {arguments:?}");
}

/// Commits everything on a day.
fn commit(folder: &Folder, day: &str) {
    git(folder.path(), &["add", "."]);
    let time = format!("{day}T12:00:00Z");
    let status = Command::new("git")
        .args(["-c", "commit.gpgsign=false", "commit", "--quiet", "--message", day])
        .env("GIT_AUTHOR_DATE", &time)
        .env("GIT_COMMITTER_DATE", &time)
        .current_dir(folder.path())
        .status();
    assert!(status.expect("git starts").success());
}

fn read(folder: &Folder, path: &str) -> String {
    std::fs::read_to_string(folder.path().join(path)).expect(path)
}

/// Replaces a piece of a file that is there.
fn edit(folder: &Folder, path: &str, from: &str, to: &str) {
    let text = read(folder, path);
    assert!(text.contains(from), "no `{from}` in {text}");
    folder.write(path, text.replace(from, to).as_bytes());
}

/// Verdicts by anchor, as `approve --list` has them.
fn verdicts(folder: &Folder) -> Vec<(String, String)> {
    let value = json(folder, &["approve", "--list", "--format", "json", "docs"]);
    let sections = value["documents"][0]["sections"].as_array().expect("sections").clone();
    let text = |it: &Value, name: &str| it[name].as_str().expect("a text").to_owned();
    sections.iter().map(|it| (text(it, "anchor"), text(it, "verdict"))).collect()
}

/// An approved section is edited on a branch: its approval is void and every other one stands, on
/// the branch and after the merge; moving the words back makes it good again.
#[test]
fn an_edit_of_an_approved_section_voids_that_approval_and_no_other() {
    let folder = repository();
    run(&folder, &["approve", DESIGN, "--date", "2026-01-06", "--note", "with ten a day"], 0);
    commit(&folder, "2026-01-06");
    run(&folder, &["approve", "--check"], 0);
    assert!(verdicts(&folder).iter().all(|it| it.1 == "approved"), "{:?}", verdicts(&folder));

    git(folder.path(), &["switch", "--quiet", "--create", "limits"]);
    edit(&folder, DESIGN, "Ten a day.", "Twenty a day.");
    edit(&folder, DESIGN, "In Review", "Approved");
    edit(&folder, DESIGN, "- [ ] Who", "- [x] Who");
    commit(&folder, "2026-01-07");
    git(folder.path(), &["switch", "--quiet", "main"]);
    run(&folder, &["approve", "--check"], 0);
    git(folder.path(), &["merge", "--quiet", "--no-ff", "--no-edit", "limits"]);

    let check = run(&folder, &["approve", "--check"], 1);
    assert!(check.stdout.contains("\"Limits\" was edited after Ada (2026-01-06)"), "{check:?}");
    let void: Vec<_> = verdicts(&folder).into_iter().filter(|it| it.1 == "void").collect();
    assert_eq!(void, [("limits".to_owned(), "void".to_owned())]);
    let found = run(&folder, &["check", "docs", "--output-format", "concise", "--quiet"], 1);
    assert_eq!(found.stdout.matches("approval-void").count(), 1, "{found:?}");
    assert!(found.stdout.starts_with("docs/001_TDD-export.md:12:1: warning[approval-void]"));
    run(&folder, &["status", "--check"], 1);

    run(&folder, &["approve", DESIGN, "--section", "Limits", "--by", "Grace"], 0);
    run(&folder, &["approve", "--check"], 0);
    edit(&folder, DESIGN, "Twenty a day.", "Ten a day.");
    run(&folder, &["approve", "--check"], 0);
    edit(&folder, DESIGN, "Ten a day.", "A hundred a day.");
    let check = run(&folder, &["approve", "--check"], 1);
    assert!(check.stdout.contains("Ada (2026-01-06) and Grace ("), "{check:?}");
}

#[test]
fn the_file_of_approvals_is_for_the_repository_and_is_sorted() {
    let folder = repository();
    folder.write("docs/000_PRD-export.md", b"# Export: Product Requirements\n\n## Scope\n\nAll.\n");
    run(&folder, &["approve", DESIGN, "--section", "limits", "--date", "2026-01-06"], 0);
    run(
        &folder,
        &["approve", "docs/000_PRD-export.md", "--by", "Grace", "--date", "2026-01-07"],
        0,
    );
    let text = read(&folder, ".groundplan/approvals.toml");
    let documents: Vec<&str> = text.lines().filter(|line| line.starts_with('[')).collect();
    assert_eq!(documents, ["[\"docs/000_PRD-export.md\"]", "[\"docs/001_TDD-export.md\"]"]);
    let ignored = Command::new("git")
        .args(["check-ignore", "--quiet", ".groundplan/approvals.toml"])
        .current_dir(folder.path())
        .status();
    assert_eq!(ignored.expect("git starts").code(), Some(1));
    folder.write(".groundplan/approvals.toml", b"docs = 1\n");
    for arguments in [&["approve", "--check"][..], &["check", "docs"], &["approve", DESIGN]] {
        let broken = run(&folder, arguments, 2);
        assert!(broken.stderr.contains("`.groundplan/approvals.toml`"), "{broken:?}");
    }
}

#[test]
fn an_approved_document_that_was_renamed_is_told_with_its_new_name() {
    let folder = repository();
    run(&folder, &["approve", DESIGN], 0);
    git(folder.path(), &["mv", DESIGN, "docs/002_TDD-export.md"]);
    let check = run(&folder, &["approve", "--check", "docs"], 1);
    let said = "`docs/001_TDD-export.md` was approved and is `docs/002_TDD-export.md` now";
    assert!(check.stdout.starts_with(said), "{check:?}");
    edit(&folder, ".groundplan/approvals.toml", "001_TDD", "002_TDD");
    run(&folder, &["approve", "--check", "docs"], 0);
}

#[test]
fn nobody_approves_what_is_not_there_and_nobody_in_particular() {
    let folder = repository();
    let wrong = run(&folder, &["approve", DESIGN, "--section", "limit"], 2);
    assert!(wrong.stderr.contains("did you mean `limits`?"), "{wrong:?}");
    run(&folder, &["approve", "docs/none.md"], 2);
    let whole = run(&folder, &["approve", "docs"], 2);
    assert!(whole.stderr.contains("name the documents"), "{whole:?}");
    run(&folder, &["approve"], 2);
    assert!(!folder.path().join(".groundplan/approvals.toml").exists());
}

fn document(path: &str, text: &str) -> Document {
    let source = Source::new(path, text);
    lower(&source, &parse(&source))
}

#[test]
fn a_document_that_was_derived_is_stale_when_a_section_it_rests_on_changes() {
    let folder = repository();
    let source = SourceRef::of("001_TDD-export.md", &document(DESIGN, TEXT), |section| {
        section.anchor != "open-questions"
    });
    let block = Provenance { sources: vec![source], ..Provenance::default() };
    let tid = format!("# Export: Technical Implementation Document\n\nWords.\n\n{block}\n");
    folder.write("docs/001_TID-export.md", tid.as_bytes());
    run(&folder, &["status", "--check"], 0);
    edit(&folder, DESIGN, "Who deletes", "Who keeps");
    run(&folder, &["status", "--check"], 0);

    edit(&folder, DESIGN, "Ten a day.", "Twenty a day.");
    edit(&folder, DESIGN, "## Performance", "## Sizes\n\nSmall.\n\n## Performance");
    let check = run(&folder, &["status", "--check"], 1);
    let said = "docs/001_TID-export.md: stale: `docs/001_TDD-export.md`: \"Limits\" changed; \
        \"Sizes\" new";
    assert!(check.stdout.contains(said), "{check:?}");
    let board = json(&folder, &["status", "--format", "json"]);
    let documents = board["chains"][0]["documents"].as_array().expect("documents");
    let paths: Vec<&str> = documents.iter().filter_map(|it| it["path"].as_str()).collect();
    assert_eq!(paths, [DESIGN, "docs/001_TID-export.md"]);
    assert_eq!(documents[0]["committed"], "2026-01-05");
    assert_eq!(documents[1]["committed"], Value::Null);
    assert_eq!(documents[1]["stale"][0]["sections"][0]["line"], 12);
}

const AGENT: &str =
    "# Notes\n\nWords.\n\n<!-- groundplan status -->\n<!-- /groundplan status -->\n\nMore.\n";

#[test]
fn an_inventory_is_written_between_its_marks_and_told_when_it_is_not_current() {
    let folder = repository();
    folder.write("AGENT.md", AGENT.as_bytes());
    let keep = ["status", "--write", "AGENT.md"];
    let check = ["status", "--write", "AGENT.md", "--check"];
    run(&folder, &check, 1);
    assert_eq!(read(&folder, "AGENT.md"), AGENT, "a check writes nothing");
    run(&folder, &keep, 0);
    let written = read(&folder, "AGENT.md");
    assert!(written.starts_with("# Notes\n\nWords.\n\n<!-- groundplan status -->\n"), "{written}");
    assert!(written.ends_with("\n<!-- /groundplan status -->\n\nMore.\n"), "{written}");
    let row = "| 001 export | [001_TDD-export.md](docs/001_TDD-export.md) | technical-design | review | \
        0/1 | 1 |\n";
    assert!(written.contains(row), "{written}");

    run(&folder, &check, 0);
    commit(&folder, "2026-01-08");
    run(&folder, &check, 0);
    run(&folder, &keep, 0);
    assert_eq!(read(&folder, "AGENT.md"), written, "twice is once");

    edit(&folder, DESIGN, "- [ ] Who", "- [x] Who");
    let stale = run(&folder, &check, 1);
    assert!(stale.stdout.contains("`AGENT.md` is not current"), "{stale:?}");
}

#[test]
fn an_inventory_needs_a_place() {
    let folder = repository();
    folder.write("AGENT.md", format!("# Notes\n\n```\n{AGENT}```\n").as_bytes());
    let run = run(&folder, &["status", "--write", "AGENT.md"], 2);
    assert!(run.stderr.contains("`<!-- groundplan status -->`"), "{run:?}");
}

#[test]
fn a_board_needs_no_repository() {
    let folder = Folder::empty();
    folder.write(DESIGN, TEXT.as_bytes());
    let board = run(&folder, &["status"], 0);
    assert!(board.stdout.starts_with("Alone\n  technical-design  review  0/1 boxes"), "{board:?}");
    let log = run(&folder, &["log", DESIGN], 2);
    assert!(log.stderr.contains("no Git repository"), "{log:?}");
}

/// The file was renamed and edited in several commits since the newest row.
#[test]
fn the_change_log_tells_what_happened_to_the_facts_and_never_twice() {
    let folder = repository();
    run(&folder, &["log", DESIGN, "--check"], 0);
    edit(&folder, DESIGN, "| lists them |\n", "| lists them |\n| POST | /exports | makes one |\n");
    commit(&folder, "2026-01-07");
    let moved = "docs/001_TDD-data-export.md";
    git(folder.path(), &["mv", DESIGN, moved]);
    commit(&folder, "2026-01-08");
    edit(&folder, moved, "< 200 ms", "< 150 ms");
    edit(&folder, moved, "In Review", "Approved");
    commit(&folder, "2026-01-09");

    let before = read(&folder, moved);
    let drafted = run(&folder, &["log", moved, "--check"], 1);
    let row = "| 2026-01-09 | 1.1 | Ada | status In Review → Approved; endpoint added: POST /exports; \
        API latency p95 200 → 150 ms |\n";
    assert!(drafted.stdout.contains(&format!("+{row}")), "{drafted:?}");
    assert_eq!(read(&folder, moved), before, "nothing is written unasked");

    run(&folder, &["log", moved, "--write"], 0);
    let after = read(&folder, moved);
    assert!(after.ends_with(&format!("First version |\n{row}")), "{after}");
    assert!(after.contains("**Version**: 1.1\n"), "{after}");
    run(&folder, &["log", moved, "--check"], 0);
    commit(&folder, "2026-01-10");
    run(&folder, &["log", moved, "--check"], 0);

    edit(&folder, moved, "Ten a day.", "Twenty a day.");
    let drafted = run(&folder, &["log", moved, "--date", "2026-01-11"], 0);
    let row = "+| 2026-01-11 | 1.2 | Ada | reworded: \"Limits\" |\n";
    assert!(drafted.stdout.contains(row), "{drafted:?}");
}

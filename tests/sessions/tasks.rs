//! `tasks`: derived from documents, worked on, derived again after the documents changed.

use groundplan_tests::root;

use super::program::{Run, groundplan};
use crate::folder::Folder;

const DESIGN: &str = "docs/001_TDD-orders.md";
const LIST: &str = "docs/001_TASKS-orders.md";

const BEFORE: &str = "# Technical Design: Orders

**Status**: Approved

## Data Model

```sql
CREATE TABLE orders (id UUID PRIMARY KEY, total INTEGER NOT NULL);
CREATE TABLE notes (id UUID PRIMARY KEY, body TEXT NOT NULL);
```

## API Design

| Method | Path | Purpose |
|--------|------|---------|
| GET | `/orders` | List orders |
| POST | `/orders` | Create an order |
| GET | `/orders/{id}` | Read an order |
| DELETE | `/orders/{id}` | Remove an order |

## Performance

| Metric | Target |
|--------|--------|
| Response time (p95) | < 200 ms |
";

fn design(text: &str) -> Folder {
    let folder = Folder::empty();
    folder.write(".git/HEAD", b"ref: refs/heads/main\n");
    folder.write(DESIGN, text.as_bytes());
    folder
}

fn derive(folder: &Folder, more: &[&str]) -> Run {
    groundplan(folder.path(), &[&["tasks", DESIGN, "--date", "2026-11-21"], more].concat())
}

fn read(folder: &Folder, path: &str) -> String {
    std::fs::read_to_string(folder.path().join(path)).expect("the file is there")
}

/// The line that holds `part`.
fn line<'a>(text: &'a str, part: &str) -> &'a str {
    text.lines().find(|it| it.contains(part)).unwrap_or_else(|| panic!("no `{part}` in\n{text}"))
}

#[test]
fn every_fact_of_the_example_has_a_task() {
    let folder = Folder::example();
    let arguments = ["tasks", "docs/001_TDD-data-export.md", "-o", "docs/derived.md"];
    let run = groundplan(folder.path(), &arguments);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    let again = groundplan(folder.path(), &arguments);
    assert_eq!(again.code, Some(0), "{again:?}");
    assert!(again.stdout.starts_with("docs/derived.md is up to date\n"), "{again:?}");
    let covered = line(&again.stdout, "  covered ").trim_start_matches("  covered ").trim();
    for kind in covered.split(", ") {
        let (_, counts) = kind.rsplit_once(' ').expect("kind and counts");
        let (covered, all) = counts.split_once('/').expect("two counts");
        assert_eq!(covered, all, "{kind}");
    }
    for kind in ["endpoint 19/19", "table 4/4", "error ", "target ", "requirement "] {
        assert!(covered.contains(kind), "no {kind} in {covered}");
    }
}

#[test]
fn a_derived_list_is_clean_for_check() {
    let folder = Folder::example();
    groundplan(folder.path(), &["tasks", "docs/001_TDD-data-export.md", "-o", "docs/derived.md"]);
    let run = groundplan(folder.path(), &["check", "docs"]);
    assert_eq!(run.code, Some(0), "{}", run.stdout);
}

#[test]
fn a_changed_design_comes_in_without_loss() {
    let folder = design(BEFORE);
    assert_eq!(derive(&folder, &[]).code, Some(0));
    let list = read(&folder, LIST);
    // What people do: tick, reword, add a task and a note of their own.
    let worked = list
        .replace("- [ ] 1.1 ", "- [x] 1.1 ")
        .replace("- [ ] 2.1 ", "- [x] 2.1 ")
        .replace("`POST /orders`: Create an order;", "`POST /orders`: Create an order, idempotent;")
        .replace("## Coverage Audit", "A note of ours.\n\n## Coverage Audit");
    folder.write(LIST, worked.as_bytes());
    let after = BEFORE
        .replace("total INTEGER NOT NULL", "total BIGINT NOT NULL")
        .replace("CREATE TABLE notes (id UUID PRIMARY KEY, body TEXT NOT NULL);\n", "")
        .replace("Create an order", "Place an order")
        .replace("Read an order", "Read an order with its lines")
        .replace("| DELETE |", "| PATCH | `/orders/{id}` | Change an order |\n| DELETE |");
    folder.write(DESIGN, after.as_bytes());
    let run = derive(&folder, &[]);
    assert_eq!(run.code, Some(1), "a conflict ends with 1: {run:?}");
    let list = read(&folder, LIST);
    assert!(line(&list, " 1.1 ").starts_with("  - [x] 1.1 "), "a box was lost");
    assert!(line(&list, " 2.1 ").starts_with("  - [x] 2.1 "), "a box was lost");
    assert!(line(&list, " 1.2 ").contains("~~Migration of `notes`"), "{list}");
    assert!(line(&list, " 2.2 ").contains("Create an order, idempotent;"), "words were lost");
    assert!(line(&list, "the documents now say").contains("Place an order"), "{list}");
    assert!(line(&list, " 2.3 ").contains("Read an order with its lines"), "{list}");
    assert!(line(&list, " 2.5 ").contains("`PATCH /orders/{id}`: Change an order"), "{list}");
    assert!(line(&list, " 1.3 ").contains("Bring 1.1 up to the changed documents"), "{list}");
    assert!(list.contains("A note of ours."), "a note was lost");
    assert!(line(&run.stdout, "conflict").ends_with("2.2"), "{run:?}");
    let again = derive(&folder, &[]);
    assert_eq!((again.code, read(&folder, LIST)), (Some(0), list), "{again:?}");
}

#[test]
fn each_style_is_written_and_read_again() {
    for (style, task, group) in [
        ("xcc", "  - [ ] 2.1 `GET /orders`", "- [ ] 2.0 Orders"),
        ("speckit", "- [ ] T003 `GET /orders`", "## Phase 2: Orders"),
        ("kiro", "- [ ] 2.1 `GET /orders`", "- [ ] 2. Orders"),
    ] {
        let folder = design(BEFORE);
        assert_eq!(derive(&folder, &["--style", style]).code, Some(0));
        let list = read(&folder, LIST);
        assert!(list.contains(group), "{style}: {list}");
        assert!(list.contains(task), "{style}: {list}");
        let run = derive(&folder, &["--style", style]);
        assert!(run.stdout.contains("is up to date"), "{style}: {run:?}");
        let more = BEFORE
            .replace("| DELETE |", "| PATCH | `/orders/{id}` | Change an order |\n| DELETE |");
        folder.write(DESIGN, more.as_bytes());
        let run = derive(&folder, &["--style", style]);
        assert_eq!(run.code, Some(0), "{style}: {run:?}");
        let list = read(&folder, LIST);
        let (before, after) = list.split_once("`PATCH /orders/{id}`: Change").expect("it came");
        assert!(before.contains(group), "{style}: it stands before its group");
        assert!(!after.starts_with("Orders"), "{style}: {list}");
        assert!(before.contains("`DELETE /orders/{id}`"), "{style}: not at the group's end");
    }
}

#[test]
fn a_list_that_people_wrote_is_not_overwritten() {
    let folder = design(BEFORE);
    folder.write(LIST, b"# Tasks\n\n- [ ] 1.0 Ours\n");
    let run = derive(&folder, &[]);
    assert_eq!((run.code, read(&folder, LIST).as_str()), (Some(2), "# Tasks\n\n- [ ] 1.0 Ours\n"));
    assert!(run.stderr.contains("nothing is overwritten"), "{run:?}");
}

#[test]
fn next_is_the_first_open_task_that_has_none_below_it() {
    let folder = Folder::empty();
    folder.write(
        LIST,
        b"# Tasks\n\n- [ ] 1.0 All\n  - [x] 1.1 One\n  - [ ] 1.2 Two (`src/two.rs`)\n",
    );
    let run = groundplan(folder.path(), &["tasks", "next"]);
    assert_eq!(run.code, Some(0));
    assert!(run.stdout.contains("001_TASKS-orders.md:5: 1 open\n  1.2 Two"), "{run:?}");
    let run = groundplan(folder.path(), &["tasks", "next", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(json["lists"][0]["next"]["id"], "1.2");
    assert_eq!(json["lists"][0]["next"]["files"][0], "src/two.rs");
}

#[test]
fn done_writes_one_character_and_only_when_the_files_are_there() {
    let folder = Folder::empty();
    let text = "# Tasks\n\n- [ ] 1.1 Two owners, `test_two_owners` (`tests/owners.rs`)\n";
    folder.write(LIST, text.as_bytes());
    let refused = |why: &str| {
        let run = groundplan(folder.path(), &["tasks", "done", "1.1"]);
        assert_eq!(run.code, Some(2), "{run:?}");
        assert!(run.stderr.contains(why), "{run:?}");
        assert_eq!(read(&folder, LIST), text);
    };
    refused("`tests/owners.rs` does not exist");
    folder.write("tests/owners.rs", b"fn test_one() {}\n");
    // Without a repository the document's own folder is looked at, and the one of the start.
    refused("no file that it names holds the test `test_two_owners`");
    folder.write("tests/owners.rs", b"fn test_two_owners() {}\n");
    let run = groundplan(folder.path(), &["tasks", "done", "1.1"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(read(&folder, LIST), text.replace("[ ]", "[x]"));
}

#[test]
fn a_forced_task_says_why() {
    let folder = Folder::empty();
    folder.write(LIST, b"# Tasks\n\n- [ ] 1.1 One (`src/one.rs`)\n");
    let run =
        groundplan(folder.path(), &["tasks", "done", "1.1", "--force", "moved to another service"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let list = read(&folder, LIST);
    assert!(
        list.contains("- [x] 1.1 One (`src/one.rs`) <!-- done without its files: moved to"),
        "{list}"
    );
}

#[test]
fn the_examples_own_list_can_be_worked_through() {
    let run = groundplan(&root().join("examples/data-export"), &["tasks", "next"]);
    assert!(run.stdout.contains("2.1 Migration 0001"), "{run:?}");
}

#[test]
fn links_lead_to_the_documents_however_the_paths_are_written() {
    let folder = design(BEFORE);
    let other = Folder::empty();
    let (own, far) = (folder.full("docs/list.md"), other.full("list.md"));
    for (output, begins) in [(own.as_str(), "(001_TDD-orders.md)"), (far.as_str(), "(../")] {
        let run = derive(&folder, &["--output", output]);
        assert_eq!(run.code, Some(0), "{run:?}");
        let list = std::fs::read_to_string(output).expect("the list is there");
        let link = line(&list, "**Derived from**");
        assert!(link.contains(begins) && link.ends_with("001_TDD-orders.md)"), "{link}");
        let target = link.rsplit_once('(').expect("a link").1.trim_end_matches(')');
        let full = std::path::Path::new(output).parent().expect("a folder").join(target);
        assert!(full.exists(), "{} leads nowhere", full.display());
    }
}

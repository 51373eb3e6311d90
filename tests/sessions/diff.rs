//! What changed in meaning between revisions, and what else must change.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::program::{json, run};
use crate::folder::Folder;

const DESIGN: &str = "docs/001_TDD-orders.md";

const TEXT: &str = "# Orders: Technical Design\n\n**Status**: Approved\n**Version**: 1.0\n\n\
    ## API\n\n| Method | Path | Purpose |\n|---|---|---|\n| GET | /orders | lists them |\n\
    | DELETE | /orders/{id} | deletes one |\n\n## Data Model\n\n```sql\n\
    CREATE TABLE orders (\n  id UUID PRIMARY KEY,\n  total INT NOT NULL\n);\n```\n\n\
    ## Performance\n\n| Metric | Target |\n|---|---|\n| API latency p95 | < 200 ms |\n";

const TASKS: &str = "# Orders: Tasks\n\n## Tasks\n\n- [x] 1.1 Build DELETE /orders/{id}\n\
    - [ ] 1.2 Build GET /orders\n";

const APP: &str = "from fastapi import FastAPI\napp = FastAPI()\n\n\
    @app.delete(\"/orders/{id}\")\ndef delete_order(id):\n    pass\n";

/// A repository with a design, its tasks and its code, committed.
fn repository() -> Folder {
    let folder = Folder::empty();
    git(folder.path(), &["init", "--quiet", "--initial-branch", "main"]);
    git(folder.path(), &["config", "user.name", "Ada"]);
    git(folder.path(), &["config", "user.email", "ada@example.org"]);
    folder.write(DESIGN, TEXT.as_bytes());
    folder.write("docs/001_TASKS-orders.md", TASKS.as_bytes());
    folder.write("app/main.py", APP.as_bytes());
    commit(&folder);
    folder
}

fn git(folder: &Path, arguments: &[&str]) {
    let status = Command::new("git").args(arguments).current_dir(folder).status();
    assert!(status.expect("git starts").success(), "git {arguments:?}");
}

fn commit(folder: &Folder) {
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["-c", "commit.gpgsign=false", "commit", "--quiet", "--message", "x"]);
}

/// Replaces a piece of the design.
fn edit(folder: &Folder, from: &str, to: &str) {
    let path = folder.path().join(DESIGN);
    let text = std::fs::read_to_string(&path).expect("the design");
    assert!(text.contains(from), "no `{from}` in {text}");
    folder.write(DESIGN, text.replace(from, to).as_bytes());
}

#[test]
fn what_breaks_is_shown_with_its_lines_and_fails_unless_the_version_says_so() {
    let folder = repository();
    let nothing = run(&folder, &["diff", "--check"], 0);
    assert!(nothing.stdout.starts_with("Nothing that documents say differs"), "{nothing:?}");

    edit(&folder, "| DELETE | /orders/{id} | deletes one |\n", "");
    edit(&folder, "total INT NOT NULL", "total BIGINT NOT NULL");
    edit(&folder, "< 200 ms", "< 150 ms");
    let broken = run(&folder, &["diff", "--check"], 1);
    let said = "error[breaking]: endpoint removed: DELETE /orders/{id}\n  \
        --> HEAD:docs/001_TDD-orders.md:11:";
    assert!(broken.stdout.contains(said), "{broken:?}");
    assert!(
        broken
            .stdout
            .contains("compatible  column changed: orders.total INT NOT NULL → BIGINT NOT NULL")
    );
    assert!(broken.stdout.contains("API latency p95 200 → 150 ms, stricter"), "{broken:?}");
    assert!(broken.stderr.contains("its version is 1.0 as before"), "{broken:?}");
    run(&folder, &["diff"], 0);

    edit(&folder, "**Version**: 1.0", "**Version**: 2.0");
    run(&folder, &["diff", "--check"], 0);
    commit(&folder);
    run(&folder, &["diff", "HEAD~1..HEAD", "docs", "--check"], 0);
    let markdown = run(&folder, &["diff", "HEAD~1", "--format", "markdown"], 0);
    assert!(markdown.stdout.contains("**1 breaking**, 2 compatible, 0 neutral"), "{markdown:?}");
}

#[test]
fn programs_get_both_places_and_a_renamed_document_is_followed() {
    let folder = repository();
    git(folder.path(), &["mv", DESIGN, "docs/001_TDD-purchases.md"]);
    commit(&folder);
    let found = json(&folder, &["diff", "HEAD~1..HEAD", "--format", "json"]);
    assert_eq!(found["documents"][0]["change"], "renamed");
    assert_eq!(found["documents"][0]["path_before"], DESIGN);
    git(folder.path(), &["revert", "--no-edit", "HEAD"]);

    edit(&folder, "total INT NOT NULL", "note TEXT,\n  total BIGINT NOT NULL");
    let found = json(&folder, &["diff", "--format", "json"]);
    let all = found["documents"][0]["differences"].as_array().expect("differences").clone();
    let total = all.iter().find(|it| it["name"] == "orders.total").expect("the column");
    assert_eq!((&total["before"]["line"], &total["after"]["line"]), (&18.into(), &19.into()));
    assert_eq!(total["verdict"], "compatible");
    assert_eq!(found["to"], Value::Null);
}

#[test]
fn only_what_is_asked_for_is_compared() {
    let folder = repository();
    folder.write("docs/other.md", b"# Other\n\n## API\n\n- `GET /other`: reads\n");
    let found = json(&folder, &["diff", "docs/other.md", "--format", "json"]);
    assert_eq!(found["documents"][0]["change"], "added");
    assert_eq!(found["documents"].as_array().map(Vec::len), Some(1));
    let none = run(&folder, &["diff", "HEAD", DESIGN], 0);
    assert!(none.stdout.starts_with("Nothing"), "{none:?}");
    let wrong = run(&folder, &["diff", "nowhere..HEAD"], 2);
    assert!(wrong.stderr.contains("no revision `nowhere`"), "{wrong:?}");
    let outside = Folder::empty();
    assert!(run(&outside, &["diff"], 2).stderr.contains("no Git repository"));
}

#[test]
fn what_rests_on_a_difference_is_found_in_tasks_and_code() {
    let folder = repository();
    edit(&folder, "| DELETE | /orders/{id} | deletes one |\n", "");
    let found = run(&folder, &["impact"], 0);
    let task = "task      docs/001_TASKS-orders.md:5  task 1.1 names it and is done (certain)";
    assert!(found.stdout.contains(task), "{found:?}");
    let code = "answers the endpoint: delete_order";
    assert!(found.stdout.contains(code), "{found:?}");
    let documents = run(&folder, &["impact", "--no-code"], 0);
    assert!(!documents.stdout.contains(code), "{documents:?}");
    let boxes = run(&folder, &["impact", "HEAD", "--format", "markdown"], 0);
    assert!(boxes.stdout.contains("- [ ] code `app/main.py:4`: "), "{boxes:?}");
}

#[test]
fn what_rests_on_a_section_or_a_name_needs_no_repository() {
    let folder = Folder::empty();
    folder.write(DESIGN, TEXT.as_bytes());
    folder.write("docs/001_TASKS-orders.md", TASKS.as_bytes());
    let section = json(&folder, &["impact", "docs/001_TDD-orders.md#api", "--format", "json"]);
    let subjects: Vec<&str> = section["impacts"]
        .as_array()
        .expect("impacts")
        .iter()
        .filter_map(|it| it["subject"].as_str())
        .collect();
    assert_eq!(
        subjects,
        ["section \"API\"", "endpoint GET /orders", "endpoint DELETE /orders/{id}"]
    );
    let name = json(&folder, &["impact", "GET /orders", "--format", "json"]);
    let touched = &name["impacts"][0]["touched"][0];
    assert_eq!((&touched["kind"], &touched["line"]), (&"task".into(), &6.into()));
    let wrong = run(&folder, &["impact", "docs/001_TDD-orders.md#apo"], 2);
    assert!(wrong.stderr.contains("did you mean `api`?"), "{wrong:?}");
    let unknown = run(&folder, &["impact", "GET /order"], 2);
    assert!(unknown.stderr.contains("did you mean `GET /orders`?"), "{unknown:?}");
}

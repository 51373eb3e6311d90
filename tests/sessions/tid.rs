//! `new tid --from DESIGN`: an implementation document from a design, and from the design as it is
//! later.

use super::program::{Run, groundplan};
use crate::folder::Folder;

const DESIGN: &str = "docs/001_TDD-shop.md";
const DERIVED: &str = "docs/001_TID-shop.md";

const TEXT: &str = "# Shop Technical Design\n\n**Document Status**: APPROVED  \n**Version**: 1.0  \n\n\
    ## Data Model\n\n```sql\nCREATE TABLE orders (\n    id UUID PRIMARY KEY,\n    note VARCHAR(200)\n);\n\
    CREATE INDEX idx_orders_note ON orders (note);\n```\n\n\
    ## API Design\n\n| Method | Endpoint | Purpose | Response |\n|---|---|---|---|\n\
    | GET | /api/orders | List orders | 200: Order[] |\n| POST | /api/orders | Create an order | 201: Order |\n\n\
    ### Error Handling\n\n| Error Code | Meaning |\n|---|---|\n| 400 | Not JSON |\n| 429 | Too many |\n\n\
    ## Deployment Plan\n\n```env\nDB_HOST=localhost\n```\n";

fn workspace() -> Folder {
    let folder = Folder::empty();
    folder.write("groundplan.toml", b"");
    folder.write(DESIGN, TEXT.as_bytes());
    let run = derive(&folder, &[]);
    assert_eq!((run.code, run.stdout.trim_end()), (Some(0), DERIVED), "{run:?}");
    folder
}

fn derive(folder: &Folder, arguments: &[&str]) -> Run {
    let fixed =
        ["new", "tid", "--from", DESIGN, "--date", "2026-02-03", "--set", "Author=The team"];
    groundplan(folder.path(), &[&fixed[..], arguments].concat())
}

fn read(folder: &Folder, path: &str) -> String {
    std::fs::read_to_string(folder.path().join(path)).expect("the document is there")
}

/// Replaces a piece of a document that is there.
fn edit(folder: &Folder, path: &str, from: &str, to: &str) {
    let text = read(folder, path);
    assert!(text.contains(from), "no `{from}` in {text}");
    folder.write(path, text.replacen(from, to, 1).as_bytes());
}

#[test]
fn what_the_design_states_is_carried_over_and_what_it_leaves_open_is_asked() {
    let folder = workspace();
    let text = read(&folder, DERIVED);
    assert!(text.contains("| `orders` | `OrderRepository`"), "{text}");
    assert!(text.contains("[Data Model](001_TDD-shop.md#data-model)"), "{text}");
    assert!(text.contains("error row 429 (Too many): which limit"), "{text}");
    assert!(text.contains("source: 001_TDD-shop.md\n"), "{text}");
    let run = groundplan(folder.path(), &["check", "docs", "--output-format", "concise"]);
    let others = run.stdout.lines().filter(|line| line.starts_with("docs/"));
    let others: Vec<&str> = others.filter(|line| !line.contains("placeholder-left")).collect();
    // The design has a limit without a number, which is what the derived document asks for.
    let asked = |line: &&str| line.contains("rate-limit-without-number");
    assert!(
        others.iter().all(|line| line.starts_with("docs/001_TDD-shop.md") && asked(line)),
        "{run:?}"
    );
}

#[test]
fn a_second_run_changes_nothing_while_the_design_is_the_same() {
    let folder = workspace();
    edit(&folder, DERIVED, "[TBD: how is the work done", "Tests first. [TBD: how is the work done");
    let before = read(&folder, DERIVED);
    let run = derive(&folder, &[]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(read(&folder, DERIVED), before);
}

#[test]
fn answers_of_people_stay_when_the_design_has_changed() {
    let folder = workspace();
    edit(&folder, DERIVED, "## Next Steps", "### A part of our own\n\nOwn words.\n\n## Next Steps");
    edit(&folder, DESIGN, "DB_HOST=localhost\n", "DB_HOST=localhost\nDB_PORT=5432\n");
    edit(&folder, DESIGN, "| 400 | Not JSON |\n", "| 400 | Not JSON |\n| 404 | No such order |\n");
    let run = derive(&folder, &[]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let text = read(&folder, DERIVED);
    for words in ["Own words.", "`DB_PORT`", "db_port", "No such order"] {
        assert!(text.contains(words), "no `{words}` in {text}");
    }
}

#[test]
fn both_versions_stand_where_people_and_the_design_changed_one_line() {
    let folder = workspace();
    edit(
        &folder,
        DERIVED,
        "| `idx_orders_note` | orders | note |",
        "| `idx_orders_note` | orders | own words |",
    );
    edit(&folder, DESIGN, "ON orders (note)", "ON orders (note, id)");
    let run = derive(&folder, &[]);
    assert_eq!(run.code, Some(1), "{run:?}");
    let text = read(&folder, DERIVED);
    let line = text.lines().position(|line| line.starts_with("<<<<<<<")).expect("a conflict") + 1;
    assert!(run.stderr.contains(&format!("{DERIVED}:{line}:")), "{run:?}");
    assert!(text.contains("own words") && text.contains("| note, id |"), "{text}");
    let again = derive(&folder, &[]);
    assert_eq!(again.code, Some(2), "{again:?}");
    assert_eq!(read(&folder, DERIVED), text);
}

#[test]
fn a_dry_run_shows_the_difference_and_writes_nothing() {
    let folder = workspace();
    edit(&folder, DESIGN, "VARCHAR(200)", "VARCHAR(300)");
    let before = read(&folder, DERIVED);
    let run = derive(&folder, &["--dry-run"]);
    assert!(run.stdout.contains("at most 300 characters"), "{run:?}");
    assert_eq!(read(&folder, DERIVED), before);
}

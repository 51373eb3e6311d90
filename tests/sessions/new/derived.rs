//! An implementation document that is derived from its design, and derived again.

use super::read;
use crate::folder::Folder;
use crate::sessions::program::{Run, groundplan};

const DESIGN: &str = "docs/001_TDD-data-export.md";
const TID: &str = "docs/001_TID-data-export.md";

/// The example with a derived document in the place of the one that was written by hand.
fn derived() -> Folder {
    let folder = Folder::example();
    std::fs::remove_file(folder.path().join(TID)).expect("the example has one");
    let run = derive(&folder, "2026-01-02");
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), format!("{TID}\n").as_str()), "{run:?}");
    folder
}

fn derive(folder: &Folder, date: &str) -> Run {
    groundplan(folder.path(), &["new", "tid", "--from", DESIGN, "--date", date])
}

fn edit(folder: &Folder, path: &str, from: &str, to: &str) {
    let text = read(folder, path);
    assert!(text.contains(from), "no `{from}` in {path}");
    folder.write(path, text.replace(from, to).as_bytes());
}

#[test]
fn derived_again_without_a_change_it_stays_as_it_is() {
    let folder = derived();
    let before = read(&folder, TID);
    let run = derive(&folder, "2026-05-06");
    assert_eq!(run.stdout, format!("{TID}: is up to date with `{DESIGN}`\n"), "{run:?}");
    assert_eq!(read(&folder, TID), before, "its dates too");
}

#[test]
fn what_changed_in_the_design_comes_in_and_what_people_wrote_stays() {
    let folder = derived();
    edit(
        &folder,
        TID,
        "## 3. Key Algorithms\n",
        "## 3. Key Algorithms\n\nWe know this one by heart.\n",
    );
    edit(&folder, DESIGN, "| 503 |", "| 507 |");
    let run = derive(&folder, "2026-05-06");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    let text = read(&folder, TID);
    assert!(text.contains("We know this one by heart.") && text.contains("| 507 |"), "{text}");
    assert!(text.contains("**Created**: 2026-01-02  \n**Last Updated**: 2026-05-06  \n"), "{text}");
}

#[test]
fn where_both_changed_one_line_both_versions_stand() {
    let folder = derived();
    let row = |text: &str| -> String {
        let found = text.lines().find(|it| it.starts_with("| 503 |"));
        found.expect("a row").to_owned()
    };
    let own = row(&read(&folder, TID));
    edit(&folder, TID, &own, &format!("{own} <!-- seen in May -->"));
    edit(&folder, DESIGN, "| 503 |", "| 507 |");
    let run = derive(&folder, "2026-05-06");
    assert_eq!(run.code, Some(1), "{run:?}");
    let text = read(&folder, TID);
    assert!(text.contains("<!-- seen in May -->") && text.contains("| 507 |"), "{text}");
    let line = text.lines().position(|it| it.starts_with("<<<<<<< ")).expect("a conflict") + 1;
    assert!(run.stderr.starts_with(&format!("{TID}:{line}: ")), "{run:?}");
}

#[test]
fn a_newer_template_derives_it_anew_and_loses_nothing() {
    let folder = derived();
    edit(
        &folder,
        TID,
        "## 3. Key Algorithms\n",
        "## 3. Key Algorithms\n\nWe know this one by heart.\n",
    );
    let shown = groundplan(folder.path(), &["new", "--show", "tid"]).stdout;
    let next = shown.replace("\nversion: 1\n", "\nversion: 2\n");
    folder.write(".groundplan/templates/tid.md", next.as_bytes());
    let lines = read(&folder, TID).lines().count();
    let run = groundplan(folder.path(), &["upgrade", TID]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    let text = read(&folder, TID);
    assert!(text.contains("\ntemplate: tid 2 ") && text.contains("We know this one by heart."));
    assert_eq!(text.lines().count(), lines);
    assert_eq!(groundplan(folder.path(), &["upgrade", TID]).stderr, "Nothing to upgrade.\n");
}

#[test]
fn a_document_that_was_written_by_hand_is_not_merged_into() {
    let folder = Folder::example();
    let before = read(&folder, TID);
    let run = derive(&folder, "2026-05-06");
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains(&format!("`{TID}` is there already")), "{run:?}");
    assert_eq!(read(&folder, TID), before);
}

#[test]
fn it_lacks_nothing_that_its_template_asks_for() {
    let folder = derived();
    let check = ["check", TID, "--select", "templates", "--fail-on", "info"];
    let run = groundplan(folder.path(), &check);
    assert_eq!(run.code, Some(0), "{}", run.stdout);
}

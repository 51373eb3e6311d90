//! `fmt`: which documents are written, named and shown, and how it ends.

use super::program::{groundplan, groundplan_reading};
use crate::folder::Folder;

const LOOSE: &str = "# A\n\n|a|b|\n|-|-|\n|1|2|\n";
const TIDY: &str = "# A\n\n| a   | b   |\n| --- | --- |\n| 1   | 2   |\n";

fn text(folder: &Folder, name: &str) -> String {
    std::fs::read_to_string(folder.path().join(name)).expect("it is there")
}

fn two() -> Folder {
    let folder = Folder::empty();
    folder.write("loose.md", LOOSE.as_bytes());
    folder.write("tidy.md", TIDY.as_bytes());
    folder
}

#[test]
fn a_folder_is_formatted_once_and_then_stays() {
    let folder = two();
    let run = groundplan(folder.path(), &["fmt"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""), "{run:?}");
    assert_eq!(run.stderr, "1 document formatted, 1 is as it should be.\n");
    assert_eq!((text(&folder, "loose.md"), text(&folder, "tidy.md")), (TIDY.into(), TIDY.into()));
    let again = groundplan(folder.path(), &["fmt", "--check"]);
    assert_eq!((again.code, again.stdout.as_str()), (Some(0), ""), "{again:?}");
}

#[test]
fn check_names_documents_and_writes_none() {
    let folder = two();
    let run = groundplan(folder.path(), &["fmt", "--check"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert_eq!(run.stdout, "Would format loose.md: tables\n");
    assert_eq!(text(&folder, "loose.md"), LOOSE);
}

#[test]
fn diff_shows_what_would_change_and_writes_nothing() {
    let folder = two();
    let run = groundplan(folder.path(), &["fmt", "--diff", "loose.md"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stdout.contains("-|1|2|\n+| a   | b   |\n"), "{run:?}");
    assert_eq!(text(&folder, "loose.md"), LOOSE);
}

#[test]
fn standard_input_is_formatted_to_standard_output() {
    let folder = Folder::empty();
    let run = groundplan_reading(folder.path(), &["fmt", "-"], LOOSE);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), TIDY, ""));
    let arguments = ["fmt", "--check", "--stdin-filename", "x.md", "-"];
    let run = groundplan_reading(folder.path(), &arguments, LOOSE);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), "Would format x.md: tables\n"));
}

#[test]
fn bytes_that_are_no_text_are_left_alone_and_the_others_are_formatted() {
    let folder = two();
    folder.write("bytes.md", b"# A  \n\xff\n");
    let run = groundplan(folder.path(), &["fmt"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains("`bytes.md` is not formatted: line 2 is not UTF-8"), "{run:?}");
    assert_eq!(text(&folder, "loose.md"), TIDY);
    assert_eq!(
        std::fs::read(folder.path().join("bytes.md")).expect("it is there"),
        b"# A  \n\xff\n"
    );
}

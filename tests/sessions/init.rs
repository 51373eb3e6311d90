//! `init`: a repository with documents becomes a workspace, with the findings of today or without.

use super::program::groundplan;
use crate::folder::Folder;

const BROKEN: &[u8] = b"# Orders\n\n[gone](gone.md)\n";

#[test]
fn the_family_of_the_documents_is_found_and_settled() {
    let folder = Folder::empty();
    folder.write("0xcc/prds/001_FPRD|Orders.md", b"# Orders\n");
    folder.write("0xcc/tdds/001_FTDD|Orders.md", b"# Orders\n");
    folder.write("README.md", b"# Shop\n");
    let run = groundplan(folder.path(), &["init"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    assert!(run.stdout.starts_with("Found 3 documents.\n"), "{run:?}");
    assert!(run.stdout.contains("   1  technical-design (xcc)\n"), "{run:?}");
    let path = folder.path().join("groundplan.toml");
    let text = std::fs::read_to_string(&path).expect("it is written");
    assert!(text.contains("\nprofile = \"xcc\"\n") && text.lines().count() < 50, "{text}");
    let examples = text.replace("\n# ", "\n");
    assert!(examples.contains("\n[check]\n"), "{examples}");

    std::fs::write(&path, "profile = \"kiro\" # ours\n").expect("a file");
    let again = groundplan(folder.path(), &["init"]);
    assert!(again.stdout.ends_with("groundplan.toml is there already, and stays as it is.\n"));
    assert_eq!(std::fs::read_to_string(&path).expect("a file"), "profile = \"kiro\" # ours\n");
}

#[test]
fn findings_of_the_baseline_are_left_out_and_new_ones_are_not() {
    let folder = Folder::empty();
    folder.write("docs/a.md", BROKEN);
    assert_eq!(groundplan(folder.path(), &["check"]).code, Some(1));
    let run = groundplan(folder.path(), &["init", "--baseline"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stdout.contains("Recorded 1 finding in .groundplan/baseline.toml"), "{run:?}");
    let check = groundplan(folder.path(), &["check"]);
    assert_eq!(check.code, Some(0), "{check:?}");
    assert!(check.stdout.ends_with("1 finding of the baseline is left out.\n"), "{check:?}");

    folder.write("docs/a.md", &[b"# Orders\n\nSome lines more.\n\n", &BROKEN[9..]].concat());
    assert_eq!(groundplan(folder.path(), &["check"]).code, Some(0), "lines do not matter");
    let below = groundplan(&folder.path().join("docs"), &["check", "a.md"]);
    assert_eq!(below.code, Some(0), "nor does the folder: {below:?}");
    folder.write("docs/b.md", BROKEN);
    let check = groundplan(folder.path(), &["check", "--output-format", "concise", "--quiet"]);
    assert_eq!(check.code, Some(1), "{check:?}");
    assert!(check.stdout.starts_with("docs/b.md:3:1: ") && check.stdout.lines().count() == 1);
}

#[test]
fn a_dry_run_writes_nothing_and_an_empty_folder_is_no_fault() {
    let folder = Folder::empty();
    let run = groundplan(folder.path(), &["init", "--dry-run", "--baseline"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    assert!(run.stdout.contains("profile = \"plain\""), "{run:?}");
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
    let run = groundplan(folder.path(), &["init", "nowhere"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
}

#[test]
fn a_broken_baseline_is_one_message_with_its_file() {
    let folder = Folder::empty();
    folder.write("docs/a.md", BROKEN);
    folder.write(".groundplan/baseline.toml", b"[[finding]]\npath = \"docs/a.md\"\n");
    let run = groundplan(folder.path(), &["check"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
    assert!(
        run.stderr.contains("`.groundplan/baseline.toml`") && run.stderr.contains("`rule`"),
        "{run:?}"
    );
}

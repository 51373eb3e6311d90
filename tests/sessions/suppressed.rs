//! Comments that suppress findings, through the program.

use serde_json::Value;

use super::program::groundplan;
use crate::folder::Folder;

const GONE: &str = "# A\n\n<!-- groundplan-disable-next-line broken-link -- next week -->\n[gone](gone.md)\n\n[lost](lost.md)\n";

#[test]
fn a_suppressed_finding_is_counted_and_fails_nothing() {
    let folder = Folder::empty();
    folder.write("a.md", GONE.as_bytes());
    let run = groundplan(folder.path(), &["check", "--output-format", "concise"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""), "{run:?}");
    assert!(run.stdout.starts_with("a.md:6:1: warning[broken-link] "), "{run:?}");
    assert!(run.stdout.ends_with("1 finding is suppressed by a comment.\n"), "{run:?}");
    folder.write("a.md", GONE.replace("\n[lost](lost.md)\n", "").as_bytes());
    let run = groundplan(folder.path(), &["check"]);
    assert_eq!(run.code, Some(0), "{run:?}");
}

#[test]
fn formats_that_know_of_suppressed_findings_show_them_with_their_reason() {
    let folder = Folder::empty();
    folder.write("a.md", GONE.as_bytes());
    let read = |format: &str| -> Value {
        let run = groundplan(folder.path(), &["check", "--output-format", format]);
        serde_json::from_str(&run.stdout).expect("JSON")
    };
    let results = read("sarif")["runs"][0]["results"].clone();
    assert_eq!(results.as_array().map(Vec::len), Some(2), "{results}");
    let suppression = &results[1]["suppressions"][0];
    assert_eq!(
        (&suppression["kind"], &suppression["justification"]),
        (&"inSource".into(), &"next week".into())
    );
    let json = read("json");
    assert_eq!(json["findings"].as_array().map(Vec::len), Some(1), "{json}");
    assert_eq!(json["suppressed"][0]["reason"], "next week");
    assert_eq!(json["suppressed"][0]["finding"]["line"], 4);
}

#[test]
fn a_comment_that_nothing_needs_is_a_finding_that_fix_takes_out() {
    let folder = Folder::empty();
    folder.write("a.md", b"# A\n\n<!-- groundplan-disable-file broken-link -- why -->\n\nText.\n");
    let run = groundplan(folder.path(), &["check", "--output-format", "concise"]);
    assert!(run.stdout.starts_with("a.md:3:1: warning[suppression-unused] "), "{run:?}");
    let ignoring = groundplan(folder.path(), &["check", "--ignore", "broken-link"]);
    assert_eq!(ignoring.code, Some(0), "of rules that are not run nobody knows: {ignoring:?}");
    let run = groundplan(folder.path(), &["check", "--fix"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let text = std::fs::read_to_string(folder.path().join("a.md")).expect("a file");
    assert_eq!(text, "# A\n\n\nText.\n");
}

#[test]
fn reasons_are_asked_for_where_the_rule_is_named() {
    let folder = Folder::empty();
    folder.write("a.md", GONE.replace(" -- next week", "").as_bytes());
    let all = groundplan(folder.path(), &["check", "--output-format", "concise"]);
    assert!(!all.stdout.contains("suppression-without-reason"), "{all:?}");
    let rules = "broken-link,suppression-without-reason";
    let run = groundplan(folder.path(), &["check", "--select", rules]);
    assert!(run.stdout.contains("warning[suppression-without-reason]"), "{run:?}");
}

//! `check --output-format`: one run for each way to hand findings on.

use serde_json::Value;

use super::program::{Run, groundplan};
use crate::folder::Folder;

const CONTRADICTION: &str = "# A\n\n**Version**: 1.0\n\n## Change Log\n\n| Date | Version |\n|---|---|\n| 2026-01-02 | 1.1 |\n";
const NO_LINK: &str = "# B & <C>\n\n[gone](gone.md)\n";

fn two_documents() -> Folder {
    let folder = Folder::empty();
    folder.write("docs/a.md", CONTRADICTION.as_bytes());
    folder.write("docs/b|c.md", NO_LINK.as_bytes());
    folder
}

fn checked(folder: &Folder, format: &str) -> Run {
    let run = groundplan(folder.path(), &["check", "--output-format", format]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""), "{format}: {run:?}");
    run
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

#[test]
fn full_is_another_name_for_text() {
    let folder = two_documents();
    assert_eq!(checked(&folder, "full").stdout, checked(&folder, "text").stdout);
}

#[test]
fn grouped_names_each_document_once() {
    let run = checked(&two_documents(), "grouped");
    assert_eq!(run.stdout.matches("docs/a.md\n").count(), 1, "{run:?}");
    assert!(run.stdout.contains("docs/b|c.md\n  3:1  warning[broken-link] "), "{run:?}");
    assert!(run.stdout.contains("Found "), "a summary follows: {run:?}");
}

#[test]
fn json_lines_are_the_findings_of_json() {
    let folder = two_documents();
    let run = checked(&folder, "json-lines");
    let lines: Vec<Value> = run.stdout.lines().map(json).collect();
    assert!(lines.len() >= 2, "{run:?}");
    assert_eq!(json(&checked(&folder, "json").stdout)["findings"], Value::from(lines));
}

#[test]
fn junit_has_a_suite_for_each_document_and_escapes_what_it_quotes() {
    let folder = two_documents();
    let run = checked(&folder, "junit");
    assert!(run.stdout.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites "));
    assert_eq!(run.stdout.matches("<testsuite name=").count(), 2, "{run:?}");
    assert!(run.stdout.contains("file=\"docs/b|c.md\" line=\"3\">"), "{run:?}");
    assert!(run.stdout.contains("<failure type=\"warning\" message=\""), "{run:?}");
    folder.write("docs/a.md", "# A\n\n[x](<no & \u{1}no>.md)\n".as_bytes());
    let run = checked(&folder, "junit");
    assert!(!run.stdout.contains('\u{1}') && !run.stdout.contains(" & "), "{run:?}");
}

#[test]
fn a_clean_run_is_a_passed_case_of_junit() {
    let folder = Folder::empty();
    folder.write("a.md", b"# A\n");
    let run = groundplan(folder.path(), &["check", "--output-format", "junit"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stdout.contains("<testcase name=\"check\""), "{run:?}");
    let run = groundplan(folder.path(), &["check", "--output-format", "markdown"]);
    assert!(run.stdout.contains("nothing to report"), "{run:?}");
}

#[test]
fn fingerprints_stay_when_text_is_put_in_above() {
    let prints = |folder: &Folder| {
        let gitlab = json(&checked(folder, "gitlab").stdout);
        let issues = gitlab.as_array().expect("an array").iter();
        let gitlab: Vec<String> = issues.map(|it| it["fingerprint"].to_string()).collect();
        let sarif = json(&checked(folder, "sarif").stdout);
        let results = sarif["runs"][0]["results"].as_array().expect("results").clone();
        let print = |it: &Value| it["partialFingerprints"]["groundplan/v2"].to_string();
        let sarif: Vec<String> = results.iter().map(print).collect();
        assert_eq!(gitlab, sarif);
        gitlab
    };
    let folder = two_documents();
    let before = prints(&folder);
    let mut different = before.clone();
    different.dedup();
    assert_eq!(before, different);
    folder.write("docs/a.md", CONTRADICTION.replacen("# A\n", "# A\n\nMore.\n", 1).as_bytes());
    assert_eq!(prints(&folder), before);
    folder.write("docs/a.md", CONTRADICTION.replacen("1.0", "1.3", 1).as_bytes());
    assert_ne!(prints(&folder), before);
}

#[test]
fn gitlab_names_path_line_and_severity() {
    let issues = json(&checked(&two_documents(), "gitlab").stdout);
    let issue = &issues.as_array().expect("an array").last().expect("an issue").clone();
    assert_eq!(issue["check_name"], "broken-link");
    assert_eq!(issue["severity"], "minor");
    assert_eq!(issue["location"]["path"], "docs/b|c.md");
    assert_eq!(issue["location"]["lines"]["begin"], 3);
}

#[test]
fn sarif_shows_both_places_and_says_that_nothing_was_left_out() {
    let run = json(&checked(&two_documents(), "sarif").stdout)["runs"][0].clone();
    let related = &run["results"][0]["relatedLocations"][0]["physicalLocation"]["region"];
    assert_eq!(related["startLine"], 9, "{run}");
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    assert!(run["invocations"][0].get("toolExecutionNotifications").is_none());
}

#[test]
fn markdown_is_a_comment_that_fits_and_shows_names_as_they_are() {
    let folder = two_documents();
    let run = checked(&folder, "markdown");
    assert!(run.stdout.starts_with("<!-- groundplan-check -->\n### Groundplan: "), "{run:?}");
    assert!(run.stdout.contains("| docs/b\\|c.md | 0 | 1 | 0 |"), "{run:?}");
    assert!(run.stdout.contains("<details><summary>docs/b|c.md: 1 finding</summary>"), "{run:?}");
    folder.write("docs/many.md", "# M\n\n[gone](gone.md)\n".repeat(2_000).as_bytes());
    let run = checked(&folder, "markdown");
    assert!(run.stdout.chars().count() <= 60_000, "{}", run.stdout.len());
    assert!(run.stdout.contains("had no room here"), "{run:?}");
}

#[test]
fn statistics_count_by_rule_and_tell_what_fix_mends() {
    let folder = two_documents();
    folder.write("docs/c.md", b"# C\n\n[gone](gone.md), [lost](lost.md)\n");
    let run = groundplan(folder.path(), &["check", "--statistics"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""), "{run:?}");
    let lines: Vec<Vec<&str>> =
        run.stdout.lines().map(|it| it.split_whitespace().collect()).collect();
    assert_eq!(lines[0], ["rule", "findings", "documents", "fixable"], "{run:?}");
    assert_eq!(lines[1], ["broken-link", "3", "2", "-"], "{run:?}");
    assert!(run.stdout.contains("Found "), "{run:?}");
}

#[test]
fn of_a_long_line_that_a_fix_changes_only_the_place_is_shown() {
    let folder = Folder::empty();
    let (before, behind) = ("vor ä ".repeat(60), " danach ö".repeat(60));
    let text = format!("# A\n\n{before}it is the the place{behind}\n");
    folder.write("a.md", text.as_bytes());
    let run = groundplan(folder.path(), &["check", "a.md", "--select", "word-doubled"]);
    let lines: Vec<&str> = run.stdout.lines().filter(|it| it.starts_with("3 ")).collect();
    assert!(run.stdout.lines().all(|it| it.chars().count() <= 130), "{run:?}");
    assert!(lines.iter().any(|it| it.starts_with("3 - ...") && it.contains("is the the place")));
    assert!(lines.iter().any(|it| it.starts_with("3 + ...") && it.contains("is the place")));
}

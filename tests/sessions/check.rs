//! `check`, `explain`, `inspect`: no service, no socket.

use std::process::Stdio;

use serde_json::Value;

use super::program::{command, groundplan};
use crate::folder::Folder;

const CONTRADICTION: &str = "# A\n\n**Version**: 1.0\n\n## Change Log\n\n| Date | Version |\n|---|---|\n| 2026-01-02 | 1.1 |\n";

#[test]
fn the_examples_check_clean() {
    let run = groundplan(&groundplan_tests::root(), &["check", "examples", "--preview"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stdout.contains("clean"), "{run:?}");
    assert_eq!(run.stderr, "");
}

#[test]
fn findings_are_on_standard_output_and_end_with_1() {
    let folder = Folder::empty();
    folder.write("a.md", CONTRADICTION.as_bytes());
    let run = groundplan(folder.path(), &["check", "a.md"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stdout.starts_with("warning[version-changelog-mismatch]: "), "{run:?}");
    assert!(run.stdout.contains("--> a.md:3:14"), "{run:?}");
    assert_eq!(run.stderr, "");
}

#[test]
fn a_missing_file_is_one_message_with_the_way_out_and_ends_with_2() {
    let folder = Folder::empty();
    let run = groundplan(folder.path(), &["check", "weg.md"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
    let lines: Vec<&str> = run.stderr.lines().collect();
    let [message, help] = lines.as_slice() else { panic!("{run:?}") };
    assert!(message.starts_with("error: ") && message.contains("`weg.md`"), "{run:?}");
    assert!(help.trim_start().starts_with("help: "), "{run:?}");
}

#[test]
fn unknown_arguments_end_with_2() {
    let folder = Folder::empty();
    for arguments in [&["chekc"][..], &["check", "--nope"], &["explain", "nope"], &["run", "a.md"]]
    {
        let run = groundplan(folder.path(), arguments);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
        assert!(run.stderr.starts_with("error: "), "{run:?}");
    }
}

#[test]
fn json_is_one_document_with_both_places_of_a_contradiction() {
    let folder = Folder::empty();
    folder.write("a.md", CONTRADICTION.as_bytes());
    let run = groundplan(folder.path(), &["check", "--output-format", "json", "a.md"]);
    let value: Value = serde_json::from_str(&run.stdout).expect("JSON and nothing else");
    assert!(value["schema_version"].is_u64(), "{value}");
    let finding = &value["findings"][0];
    assert_eq!(finding["rule"], "version-changelog-mismatch");
    assert_eq!((&finding["path"], &finding["line"]), (&"a.md".into(), &3.into()));
    assert_eq!(finding["column"], 14);
    assert_eq!(finding["related"][0]["line"], 9, "{value}");
    for member in ["severity", "message", "help", "fix"] {
        assert!(finding.get(member).is_some(), "no `{member}` in {value}");
    }
}

#[test]
fn sarif_and_github_name_rule_and_line() {
    let folder = Folder::empty();
    folder.write("a.md", CONTRADICTION.as_bytes());
    let sarif = groundplan(folder.path(), &["check", "--output-format", "sarif", "a.md"]);
    let value: Value = serde_json::from_str(&sarif.stdout).expect("JSON and nothing else");
    let result = &value["runs"][0]["results"][0];
    assert_eq!((value["version"].as_str(), sarif.code), (Some("2.1.0"), Some(1)));
    assert_eq!(result["ruleId"], "version-changelog-mismatch");
    let region = &result["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region["startLine"], 3);
    let github = groundplan(folder.path(), &["check", "--output-format", "github", "a.md"]);
    assert!(github.stdout.starts_with("::warning file=a.md,line=3,col=14,"), "{github:?}");
}

#[test]
fn a_folder_is_searched_and_ignore_files_are_honoured() {
    let folder = Folder::empty();
    folder.write("docs/a.md", CONTRADICTION.as_bytes());
    folder.write("docs/skipped/b.md", CONTRADICTION.as_bytes());
    folder.write("docs/.ignore", b"skipped/\n");
    folder.write("docs/c.txt", CONTRADICTION.as_bytes());
    let run = groundplan(folder.path(), &["check", "--output-format", "concise", "--quiet"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stdout.lines().all(|line| line.starts_with("docs/a.md:3:14: ")), "{run:?}");
}

#[test]
fn a_rule_is_explained_with_its_page() {
    let folder = Folder::empty();
    let run = groundplan(folder.path(), &["explain", "table-conflict"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stdout.contains("A table is defined twice"), "{run:?}");
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let folder = Folder::empty();
    folder.write("a.md", CONTRADICTION.repeat(4_000).as_bytes());
    let mut command = command(folder.path(), &["inspect", "a.md"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn any_bytes_are_a_document() {
    let folder = Folder::empty();
    let bytes: Vec<u8> = (0..=255).cycle().take(4_096).collect();
    folder.write("bytes.md", &bytes);
    let run = groundplan(folder.path(), &["check", "bytes.md"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stdout.contains("error[invalid-utf8]"), "{run:?}");
    for question in ["inspect", "plan"] {
        let run = groundplan(folder.path(), &[question, "bytes.md"]);
        assert!(run.code.is_some_and(|code| code <= 2), "{question}: {run:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_document_that_cannot_be_read_is_a_message_and_the_others_are_checked() {
    let folder = Folder::empty();
    folder.write("docs/a.md", CONTRADICTION.as_bytes());
    std::os::unix::fs::symlink("nowhere.md", folder.path().join("b.md")).expect("a link");
    let run = groundplan(folder.path(), &["check", "docs", "b.md"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains("b.md"), "{run:?}");
}

#[test]
fn an_openapi_file_beside_the_documents_is_compared_with_them() {
    let folder = Folder::empty();
    let document = "# Orders\n\n| Method | Endpoint | Purpose | Response |\n|---|---|---|---|\n\
        | GET | /orders | List orders | 200: Order[] |\n| POST | /orders | Place one | 201: Order |\n";
    let contract = |status: u16| {
        format!(
            "openapi: 3.0.3\npaths:\n  /orders:\n    get: {{responses: {{'200': {{}}}}}}\n    \
             post: {{responses: {{'{status}': {{}}}}}}\n"
        )
    };
    folder.write("docs/orders.md", document.as_bytes());
    folder.write("api/openapi.yaml", contract(202).as_bytes());
    let arguments = ["check", "--select", "contract-file-conflict"];
    let run = groundplan(folder.path(), &arguments);
    assert_eq!(run.code, Some(1), "{run:?}");
    for line in
        ["docs/orders.md:6:10", "answers 201 here and 202 in", "api/openapi.yaml:5:5", "post:"]
    {
        assert!(run.stdout.contains(line), "{line}: {}", run.stdout);
    }
    folder.write("api/openapi.yaml", contract(201).as_bytes());
    assert_eq!(groundplan(folder.path(), &arguments).code, Some(0));
    folder.write("api/openapi.yaml", contract(202).as_bytes());
    folder.write("groundplan.toml", b"exclude = [\"api/**\"]\n");
    assert_eq!(groundplan(folder.path(), &arguments).code, Some(0));
}

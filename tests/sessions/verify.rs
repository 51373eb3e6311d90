//! `verify` against `run`: the example passes, and each way to break it is caught.

use serde_json::Value;

use super::program::{Run, Serving, groundplan};
use crate::folder::Folder;

/// A fault, and a text of a line of the document that must be found broken.
static FAULTS: &[(&str, &str)] = &[
    ("wrong-status", "| POST | /api/v1/datasets |"),
    ("lost-write", "| POST | /api/v1/datasets |"),
    ("ignored-auth", "| 401 | "),
    ("missing-field", "| GET | /api/v1/datasets/{dataset_id} |"),
    ("wrong-error-body", "| 404 | "),
    ("foreign-rows", "| GET | /api/v1/exports |"),
];

/// Every workspace; those behind the first use more of the rules.
pub(crate) static EXAMPLES: &[&str] =
    &["examples/data-export", "examples/orders", "examples/features", "examples/tickets"];

fn verify(folder: &Folder, fault: Option<&str>, format: &str) -> Run {
    let mut arguments = vec!["run", ".", "--port", "0", "--database", ":memory:"];
    arguments.extend(fault.map(|_| "--fault"));
    arguments.extend(fault);
    let service = Serving::start(folder.path(), &arguments);
    groundplan(folder.path(), &["verify", ".", "--url", service.url(), "--output-format", format])
}

#[test]
fn the_examples_do_what_they_say() {
    for example in EXAMPLES {
        let run = verify(&Folder::copy_of(example), None, "json");
        assert_eq!(run.code, Some(0), "{example}: {run:?}");
        let value: Value = serde_json::from_str(&run.stdout).expect("JSON and nothing else");
        let rows = value["rows"].as_array().expect("rows");
        assert!(rows.len() > 50, "{example}: {value}");
        let others: Vec<&Value> = rows.iter().filter(|row| row["outcome"] != "passed").collect();
        // What no request should cause.
        let statuses: Vec<&Value> = others.iter().map(|row| &row["status"]).collect();
        assert_eq!(statuses, [500, 503], "{example}: {others:#?}");
        let has_reason = |row: &&Value| row["detail"].as_str().is_some_and(|it| !it.is_empty());
        assert!(others.iter().all(has_reason), "{example}: {others:#?}");
    }
}

#[test]
fn every_fault_ends_with_1_and_the_line_that_it_breaks() {
    let folder = Folder::example();
    let document = "docs/001_TDD-data-export.md";
    let text = std::fs::read_to_string(folder.full(document)).expect("the design");
    for (fault, row) in FAULTS {
        let line = text.lines().position(|it| it.starts_with(row)).expect(row) + 1;
        let run = verify(&folder, Some(fault), "github");
        assert_eq!(run.code, Some(1), "{fault}: {run:?}");
        let place = format!("{document},line={line},");
        let is_there =
            run.stdout.lines().any(|it| it.starts_with("::error") && it.contains(&place));
        assert!(is_there, "{fault}: nothing at line {line} in\n{}", run.stdout);
    }
}

#[test]
fn a_failure_is_shown_as_any_finding_is() {
    let run = verify(&Folder::example(), Some("ignored-auth"), "text");
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stdout.contains("error[verify-failed]: "), "{run:?}");
    assert!(run.stdout.contains("docs/001_TDD-data-export.md:"), "{run:?}");
}

#[test]
fn an_address_where_nobody_answers_ends_with_2() {
    let folder = Folder::example();
    groundplan(folder.path(), &["token", "."]);
    let run = groundplan(folder.path(), &["verify", ".", "--url", "http://127.0.0.1:9"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
    assert!(run.stderr.starts_with("error: ") && run.stderr.contains("127.0.0.1:9"), "{run:?}");
}

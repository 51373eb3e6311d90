//! The Markdown cases: a heading is a test, its fences are files, and one fence a question says
//! what the answer is. `UPDATE=1 cargo test -p groundplan-tests cases` rewrites the answers;
//! `tests/cases/README.md` says how one is written.

mod answers;
mod case;
mod scene;
mod tree;

use groundplan_syntax::{Edit, apply};
use groundplan_tests::{File, files, root};

use answers::QUESTIONS;
use case::{Case, cases};
use scene::Scene;

#[test]
fn every_case_gives_the_answers_that_it_shows() {
    let faults: Vec<String> = suite().iter().flat_map(run_file).collect();
    assert!(faults.is_empty(), "UPDATE=1 rewrites them\n\n{}", faults.join("\n"));
}

#[test]
fn every_case_has_a_name_of_its_own_a_file_and_a_question() {
    for file in suite() {
        let cases = cases(&file);
        assert!(!cases.is_empty(), "{} holds no case", file.path);
        for (index, case) in cases.iter().enumerate() {
            let name = format!("{}: {}", file.path, case.name);
            assert!(!case.files.is_empty(), "{name}: no fence is a file");
            assert!(!case.questions.is_empty(), "{name}: no fence is a question");
            let twins = cases.iter().filter(|it| it.name == case.name).count();
            assert_eq!(twins, 1, "{name} ({index}): the name is taken");
        }
    }
}

#[test]
fn every_question_is_asked_by_a_case() {
    let asked: Vec<String> =
        suite().iter().flat_map(cases).flat_map(|it| it.questions).map(|it| it.kind).collect();
    for question in QUESTIONS {
        assert!(asked.iter().any(|it| it == question.kind), "no case asks `{}`", question.kind);
    }
}

fn suite() -> Vec<File> {
    let all = files("tests/cases").into_iter();
    all.filter(|file| file.is(".md") && !file.is("/README.md")).collect()
}

/// Runs all cases of a file: what differs, or nothing after the file was rewritten.
fn run_file(file: &File) -> Vec<String> {
    let mut edits = Vec::new();
    let mut faults = Vec::new();
    for case in cases(file) {
        for (span, expected, actual) in run_case(file, &case) {
            if expected != actual {
                let name = format!("{}: {}", file.path, case.name);
                faults.push(format!("{name}\n--- expected\n{expected}--- actual\n{actual}"));
                edits.push(Edit::replace(span, actual));
            }
        }
    }
    if !edits.is_empty() && std::env::var("UPDATE").is_ok_and(|it| it == "1") {
        let text = apply(file.text(), &edits).expect("fences do not overlap");
        std::fs::write(root().join(&file.path), text).expect("the case can be written");
        return Vec::new();
    }
    faults
}

fn run_case(file: &File, case: &Case) -> Vec<(groundplan_syntax::Span, String, String)> {
    let scene = Scene::with(&case.files);
    let answer = |it: &case::Fence| {
        let question = QUESTIONS.iter().find(|question| question.kind == it.kind);
        let question = question.unwrap_or_else(|| {
            panic!("{}: {}: no question is named `{}`", file.path, case.name, it.kind)
        });
        (it.span, it.content.clone(), (question.answer)(&scene, it))
    };
    case.questions.iter().map(answer).collect()
}

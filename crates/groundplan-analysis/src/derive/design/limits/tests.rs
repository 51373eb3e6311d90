//! Sentences, and the numbers in them that code has to hold to.

use groundplan_model::lower;
use groundplan_syntax::{Source, parse};

use super::limits;
use crate::derive::design::Design;

/// Names and values of the limits in a section.
fn found(title: &str, text: &str) -> Vec<(String, String)> {
    let source = Source::new("design.md", &format!("# Shop\n\n## {title}\n\n{text}\n"));
    let document = lower(&source, &parse(&source));
    limits(&Design::new(&document)).into_iter().map(|it| (it.name, it.value)).collect()
}

#[track_caller]
fn is_found(text: &str, expected: &[(&str, &str)]) {
    let found = found("API Design", text);
    let found: Vec<(&str, &str)> = found.iter().map(|it| (&*it.0, &*it.1)).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_number_with_a_unit_and_a_limiting_word_is_one() {
    is_found("A body larger than 1 MiB is refused.", &[("BODY_MAXIMUM_BYTES", "1 MiB")]);
    is_found("Workers poll every second.", &[("WORKER_INTERVAL_S", "every second")]);
    is_found("- Timeout: 30 s for each upload.", &[("UPLOAD_TIMEOUT_S", "30 s")]);
    is_found("Answers come in 5 s.", &[]);
}

#[test]
fn a_bare_number_needs_the_word_right_before_it() {
    is_found("A list takes `limit` (default 20).", &[("LIMIT_DEFAULT", "20")]);
    is_found("The default of the 3 shops differs.", &[]);
    is_found("`size` lies between 1 and 10.", &[]);
}

#[test]
fn values_of_one_name_in_one_sentence_are_one_constant() {
    is_found(
        "Calls are repeated with 1 s, 2 s and 4 s between.",
        &[("CALL_PAUSE_S", "1 s, 2 s, 4 s")],
    );
}

#[test]
fn plans_and_proofs_are_no_limits_of_the_code() {
    let text = "Exports of at most 5 MB are tried first.";
    assert_eq!(found("Rollout Plan", text), []);
    assert_eq!(found("Capacity Planning", text), []);
}

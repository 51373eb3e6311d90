//! The steps and how their results are counted.

use super::{Outcome, STEPS, counts};

#[test]
fn results_of_a_test_binary_are_counted() {
    let line = "test result: FAILED. 49 passed; 1 failed; 0 ignored; 0 measured; 25 filtered out";
    assert_eq!(counts(line), Some((49, 1)));
    assert_eq!(counts("test result: ok. 3 passed; 0 failed; 0 ignored"), Some((3, 0)));
    assert_eq!(counts("test cases::a ... ok"), None);
    assert_eq!(counts("test result: "), None);
}

#[test]
fn a_failed_step_counts_as_a_failure_and_a_skipped_one_as_nothing() {
    let failed = Outcome::from(Err("why".to_owned()));
    assert_eq!((failed.passed(), failed.failed()), (0, 1));
    let passed = Outcome::from(Ok(()));
    assert_eq!((passed.passed(), passed.failed()), (1, 0));
    let skipped = Outcome::Skipped { reason: String::new(), is_bonus: false };
    assert_eq!((skipped.passed(), skipped.failed()), (0, 0));
}

#[test]
fn steps_have_names_of_their_own() {
    for step in STEPS {
        assert_eq!(STEPS.iter().filter(|it| it.name == step.name).count(), 1, "{}", step.name);
    }
}

//! A breaker over time, with a clock of our own.

use std::time::{Duration, Instant};

use groundplan_model::service::Breaker as Rule;

use super::{Breaker, Standing};

const OPEN: Duration = Duration::from_millis(1000);

fn opened(now: Instant) -> Breaker {
    let breaker = Breaker::new(Rule { failures: 2, open_ms: 1000 });
    breaker.enter(now).expect("closed").failed(now);
    assert_eq!(breaker.standing(now), Standing::Closed);
    breaker.enter(now).expect("closed").failed(now);
    breaker
}

#[test]
fn it_opens_after_failures_in_a_row_and_counts_anew_after_a_success() {
    let now = Instant::now();
    let breaker = opened(now);
    assert_eq!(breaker.standing(now), Standing::Open);
    assert_eq!(breaker.enter(now + OPEN / 4).expect_err("open"), OPEN * 3 / 4);
    let other = Breaker::new(Rule { failures: 2, open_ms: 1000 });
    other.enter(now).expect("closed").failed(now);
    other.enter(now).expect("closed").succeeded();
    other.enter(now).expect("closed").failed(now);
    assert_eq!(other.standing(now), Standing::Closed);
}

#[test]
fn one_call_tries_after_a_while_and_decides() {
    let now = Instant::now();
    let (breaker, later) = (opened(now), now + OPEN);
    assert_eq!(breaker.standing(later), Standing::HalfOpen);
    let trial = breaker.enter(later).expect("half open");
    assert!(breaker.enter(later).is_err(), "one at a time");
    trial.failed(later);
    assert_eq!(breaker.standing(later), Standing::Open);
    let last = later + OPEN;
    breaker.enter(last).expect("half open").succeeded();
    assert_eq!(breaker.standing(last), Standing::Closed);
}

#[test]
fn a_trial_that_was_given_up_leaves_it_to_the_next_one() {
    let now = Instant::now();
    let (breaker, later) = (opened(now), now + OPEN);
    drop(breaker.enter(later).expect("half open"));
    breaker.enter(later).expect("still half open").succeeded();
}

#[test]
fn a_late_failure_from_before_does_not_prolong_the_rest() {
    let now = Instant::now();
    let breaker = Breaker::new(Rule { failures: 1, open_ms: 1000 });
    let early = breaker.enter(now).expect("closed");
    breaker.enter(now).expect("closed").failed(now);
    early.failed(now + OPEN / 2);
    assert_eq!(breaker.standing(now + OPEN), Standing::HalfOpen);
}

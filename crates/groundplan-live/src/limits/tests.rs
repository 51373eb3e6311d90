//! Counting requests.

use std::sync::Arc;
use std::time::{Duration, Instant};

use groundplan_model::service::RateLimit;
use groundplan_syntax::Span;

use super::{Left, Limiter, SWEEP};

fn limiter(count: u32, window_s: u32) -> Limiter {
    Limiter::new(&RateLimit { count, window_s, span: Span::default() })
}

#[test]
fn a_caller_has_the_documented_number_of_requests_and_then_none() {
    let (limiter, now, ann) = (limiter(2, 60), Instant::now(), Arc::from("ann"));
    let left = |requests, allowed| Left { requests, reset_s: 60, allowed };
    assert_eq!(limiter.count(&ann, now), left(1, true));
    assert_eq!(limiter.count(&ann, now), left(0, true));
    assert_eq!(limiter.count(&ann, now), left(0, false));
    assert_eq!(limiter.count(&Arc::from("bob"), now), left(1, true));
}

#[test]
fn the_count_begins_again_when_the_window_has_ended() {
    let (limiter, now, ann) = (limiter(1, 10), Instant::now(), Arc::from("ann"));
    assert!(limiter.count(&ann, now).allowed);
    let late = limiter.count(&ann, now + Duration::from_secs(9));
    assert_eq!(late, Left { requests: 0, reset_s: 1, allowed: false });
    assert!(limiter.count(&ann, now + Duration::from_secs(10)).allowed);
}

#[test]
fn callers_whose_window_has_ended_are_forgotten() {
    let (limiter, now) = (limiter(1, 10), Instant::now());
    for number in 0..SWEEP {
        limiter.count(&Arc::from(number.to_string()), now);
    }
    limiter.count(&Arc::from("late"), now + Duration::from_secs(10));
    assert_eq!(limiter.windows.lock().expect("a lock").by_caller.len(), 1);
}

//! Sentences about jobs, and what they say.

use super::{JobSaid, job};
use crate::service::Growth;

#[test]
fn how_often_is_said_by_retries_and_by_attempts() {
    for (text, attempts) in [
        ("Jobs are retried 5 times", Some(6)),
        ("Jobs are retried up to three times", Some(4)),
        ("A job has at most 5 attempts", Some(5)),
        ("A job fails after 3 failed attempts", Some(3)),
        ("job max attempts 5", Some(5)),
        ("export: max retries 4, timeout 10 min", Some(5)),
        ("Jobs get 4 retries", Some(5)),
        ("Failed jobs are retried once", Some(2)),
        ("A job is tried 3 times", Some(3)),
        ("Jobs are retried 900 times", None),
        ("Jobs are retried", None),
    ] {
        assert_eq!(job(text).attempts, attempts, "{text}");
    }
}

#[test]
fn pauses_are_one_or_a_list_and_may_grow_up_to_a_bound() {
    let said = |pauses: &[u32], growth, longest_ms| (pauses.to_vec(), growth, longest_ms);
    for (text, wanted) in [
        (
            "retried 5 times with exponential backoff starting at 2 s",
            said(&[2000], Some(Growth::Doubles), None),
        ),
        ("3 attempts with 30 seconds between them", said(&[30_000], None, None)),
        ("retries after 1 min, 5 min and 15 min", said(&[60_000, 300_000, 900_000], None, None)),
        (
            "exponential backoff on error (initial 1 second, max 8 seconds, max 3 times)",
            said(&[1000], Some(Growth::Doubles), Some(8000)),
        ),
        ("job is retried every 10 s", said(&[10_000], Some(Growth::Stays), None)),
        ("jobs are retried for up to 24 hours", said(&[], None, None)),
        ("after 3 attempts a job is kept for 7 days", said(&[], None, None)),
    ] {
        let found = job(text);
        assert_eq!((found.pauses_ms, found.growth, found.longest_ms), wanted, "{text}");
    }
}

#[test]
fn a_time_limit_is_no_pause() {
    for (text, limit_ms) in [
        ("Jobs time out after 10 minutes and are retried 3 times", 600_000),
        ("A job may take at most 5 min", 300_000),
        ("export: max retries 4, timeout 10 min", 600_000),
        ("A worker has a time limit of 90 s", 90_000),
        ("retries stop at the 30 s timeout", 30_000),
    ] {
        let found = job(text);
        assert_eq!((found.limit_ms, found.pauses_ms), (Some(limit_ms), Vec::new()), "{text}");
    }
    assert_eq!(job("Jobs are quick"), JobSaid::default());
}

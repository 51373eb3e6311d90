//! How a job is tried, in words.

use groundplan_model::service::{Attempts, Growth};

use crate::render::plural;

/// "3 attempts, pauses of 1 s and 4 s".
pub(super) fn attempts(attempts: &Attempts) -> String {
    let most = usize::try_from(attempts.most).unwrap_or(usize::MAX);
    let mut parts = vec![plural(most, "attempt")];
    let pauses: Vec<String> = attempts.pauses_ms.iter().map(|ms| seconds(*ms)).collect();
    match pauses.split_last() {
        Some((only, [])) => parts.push(format!("a pause of {only}")),
        Some((last, others)) => {
            parts.push(format!("pauses of {} and {last}", others.join(", ")));
        }
        None => {}
    }
    if attempts.growth == Growth::Doubles {
        parts.push("then twice as long each time".to_owned());
    }
    if let Some(ms) = attempts.longest_ms {
        parts.push(format!("at most {}", seconds(ms)));
    }
    if let Some(ms) = attempts.limit_ms {
        parts.push(format!("each attempt may take {}", seconds(ms)));
    }
    parts.join(", ")
}

fn seconds(ms: u32) -> String {
    if ms.is_multiple_of(1000) { format!("{} s", ms / 1000) } else { format!("{ms} ms") }
}

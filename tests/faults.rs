//! What is around the service goes away, and comes back: clear answers meanwhile, nothing lost that
//! was acknowledged, and no help needed afterwards.

#[cfg(target_os = "linux")]
mod full;
mod gone;
mod killed;
mod left;

use std::time::{Duration, Instant};

/// Asks again and again until `is_so`.
#[track_caller]
fn eventually(what: &str, limit: Duration, mut is_so: impl FnMut() -> bool) -> Duration {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < limit, "not within {limit:?}: {what}");
        std::thread::yield_now();
    }
    began.elapsed()
}
